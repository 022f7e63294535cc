import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { deployments } from '#model/inventory.ts';
import { machineTypes } from '#model/vocabulary.ts';
import { loadInventory, type Inventory } from './load.ts';
import { starterInventory } from './starter.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-starter-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = join(folder, 'uccert.yaml');
const load = (text: string): Inventory => {
  writeFileSync(file, text);
  return loadInventory(file);
};

describe.each(deployments)('the starter inventory of %s', (deployment) => {
  test('loads as it stands, every machine with its ports and none with a password', () => {
    const { snapshot, access } = load(starterInventory(deployment));
    expect(snapshot.deployment).toBe(deployment);
    expect(snapshot.machines.filter(({ ports }) => ports.length === 0)).toEqual([]);
    for (const { read, change } of access.values()) expect([read, change]).toEqual([null, null]);
  });

  test('and with what it has commented out', () => {
    const uncommented = starterInventory(deployment)
      .replaceAll(/^( *)# {0,3}((?:address|ssh|ports|external|window|  hostKey|  open|  closed):)/gm, '$1$2')
      .replace('SHA256:...', `SHA256:${'a'.repeat(43)}`);
    const { snapshot, access, window } = load(uncommented);
    expect(snapshot.machines[0]?.address).toBe('192.0.2.11');
    expect(snapshot.machines[0]?.ports).toContain(9089);
    expect([...access.values()][0]?.hostKey).toMatch(/^SHA256:/);
    expect(window?.timeZone).toBe('Europe/Berlin');
  });
});

test('together they show every type of machine that is part of a deployment', () => {
  const shown = new Set(
    deployments.flatMap((deployment) => load(starterInventory(deployment)).snapshot.machines.map(({ type }) => type)),
  );
  expect(machineTypes.filter((type) => !shown.has(type))).toEqual([
    'CM_SUBSCRIBER',
    'MEDIASENSE_PRIMARY',
    'MEDIASENSE_SECONDARY',
    'SCRIPT_TARGET',
    'CLIENT_PC',
    'TLS_SERVER',
  ]);
});
