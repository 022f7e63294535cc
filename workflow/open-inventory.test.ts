import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openInventory } from './open-inventory.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-known-'));
afterAll(() => rmSync(folder, { recursive: true }));

function opened(fault: string): () => unknown {
  const file = join(folder, 'uccert.yaml');
  const machine = '  uccx1: { type: UCCX_PUBLISHER, fqdn: uccx1.example.com, certificates: self-signed }';
  const known = `  - { fault: ${fault}, until: 2027-01-01, why: being replaced, who: the network team }`;
  writeFileSync(file, `deployment: UCCX\nrelease: 12.5(1)SU3\nmachines:\n${machine}\nknown:\n${known}\n`);
  return () => openInventory(file).snapshot.known?.map((one) => one.fault);
}

test('a known problem of a fault that there is', () => {
  expect(opened('certificate-expired')()).toEqual(['certificate-expired']);
});

test.each([
  ['certificate-expird', /there is no fault "certificate-expird"[\s\S]*certificate-expired/],
  ['nonsense', /there is no fault "nonsense"[\s\S]*docs\/catalogue give it\.$/],
])('%s is none', (fault, says) => {
  expect(opened(fault)).toThrow(says);
});
