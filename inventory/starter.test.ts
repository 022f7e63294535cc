import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadInventory } from './load.ts';
import { starterInventory } from './starter.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-starter-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = join(folder, 'uccert.yaml');

test('the starter inventory loads as it stands', () => {
  writeFileSync(file, starterInventory);
  const { snapshot, access } = loadInventory(file);
  expect(snapshot.machines.map(({ id }) => id)).toEqual(['uccx1', 'uccx2', 'ccp1', 'cucm1']);
  expect(snapshot.machines.every(({ ports }) => ports.length > 0)).toBe(true);
  expect([...access.values()].map(({ read, change }) => [read, change])).toEqual(Array(4).fill([null, null]));
});

test('and with what it has commented out', () => {
  const uncommented = starterInventory
    .replaceAll(/^( *)# {0,3}((?:address|ssh|ports|window|  hostKey|  open|  closed):)/gm, '$1$2')
    .replace('SHA256:...', `SHA256:${'a'.repeat(43)}`);
  writeFileSync(file, uncommented);
  const { snapshot, access, window } = loadInventory(file);
  expect(snapshot.machines[0]?.address).toBe('192.0.2.11');
  expect([...access.values()][0]?.hostKey).toMatch(/^SHA256:/);
  expect(window?.timeZone).toBe('Europe/Berlin');
});
