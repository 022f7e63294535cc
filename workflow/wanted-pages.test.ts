import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { wantedOpenings } from './wanted-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

let inventory: Inventory;
beforeAll(() => {
  const file = join(folder, 'uccert.yaml');
  const machine = '  uccx1: { type: UCCX_PUBLISHER, fqdn: uccx1.example.com, certificates: self-signed }';
  const clients = '  pc-agents: { audiences: [agents] }\n  pc-reports: { audiences: [report users] }';
  writeFileSync(file, `deployment: UCCX\nrelease: 12.5(1)SU3\nmachines:\n${machine}\nclients:\n${clients}\n`);
  inventory = loadInventory(file);
});

test.each([['Finesse desktop'], ['Finesse Desktop'], ['finesse desktop']])('%s is opened by its name', (page) => {
  expect(wantedOpenings(inventory, { pages: [page] }).map(({ place }) => place.page)).toEqual([
    'Finesse desktop, agent',
  ]);
});

test.each([
  [
    'of no machine',
    { pages: ['CCE Administration'] },
    /^No client of \S+ opens the page CCE Administration\.\nIt would/,
  ],
  ['beside one that is there', { pages: ['Finesse desktop', 'cce administration'] }, /opens the page CCE Admin/],
  [
    'that the client named does not open',
    { pages: ['Finesse desktop'], clients: ['pc-reports'] },
    /^No client pc-reports of [^]*\nName one of: (?!.*Finesse desktop).*Unified Intelligence Center/,
  ],
  [
    'that nobody knows',
    { pages: ['Finese desktop'] },
    /know no page Finese desktop\.[^]*Name one of: .*Finesse desktop/,
  ],
])('a page %s is refused, and those there are are named', (_, named, says) => {
  expect(() => wantedOpenings(inventory, named)).toThrow(says);
});

test('all pages of an inventory are wanted where none is named, even if that is none', () => {
  const { file, snapshot } = inventory;
  expect(wantedOpenings({ file, snapshot: { ...snapshot, clients: [] } }, {})).toEqual([]);
  expect(wantedOpenings(inventory, {}).length).toBeGreaterThan(2);
});
