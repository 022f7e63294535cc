import { expect, test } from 'vitest';
import type { Breakage } from '#lab/breakage.ts';
import { breakageText, showing } from './breakage-text.ts';

const nothing: Breakage = { overwritten: [], unchanged: [], inventoryChanges: [] };
const overwritten = { id: 'a', by: 'b', at: ['uccx1 tomcat'] };

test.each<[string, Breakage, readonly string[], RegExp]>([
  ['what stands', { ...nothing, unchanged: [{ id: 'a', because: 'stands' }] }, ['a', 'b'], /^a is broken already: /],
  [
    'what was put right',
    { ...nothing, unchanged: [{ id: 'a', because: 'changed since' }] },
    ['b'],
    /put right, or changed by another.*uccert lab heal, then uccert lab break a$/,
  ],
  [
    'what another has broken',
    { ...nothing, unchanged: [{ id: 'a', because: 'was so' }] },
    ['b'],
    /\(broken: a, b\)\. .*uccert lab heal, then uccert lab break a$/,
  ],
  [
    'what is overwritten',
    { ...nothing, overwritten: [{ ...overwritten, isGone: true }] },
    ['b'],
    /nothing of it is left/,
  ],
  [
    'what is half overwritten',
    { ...nothing, overwritten: [{ ...overwritten, isGone: false }] },
    ['a', 'b'],
    /may not show/,
  ],
  [
    'what changed the inventory',
    { ...nothing, inventoryChanges: [{ id: 'a', says: ['secured: x'] }] },
    ['a', 'b'],
    /^a has changed the inventory of the lab as well \(secured: x\)\..* from lab\/uccert\.yaml$/,
  ],
])('%s', (_what, breakage, shown, text) => {
  const lines = breakageText(breakage, { broken: ['a', 'b'], inventory: 'lab/uccert.yaml' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(text);
  expect(showing(['a', 'b'], breakage)).toEqual(shown);
});

test('where nothing is broken, a heal would change nothing: a reset does', () => {
  const breakage: Breakage = { ...nothing, unchanged: [{ id: 'a', because: 'was so' }] };
  expect(breakageText(breakage, { broken: [], inventory: '' })[0]).toMatch(
    /uccert lab reset, then uccert lab break a$/,
  );
});
