import { expect, test } from 'vitest';
import { givenOptions } from './given-options.ts';

test.each<[Parameters<typeof givenOptions>[0], string[]]>([
  [{}, []],
  [{ approve: false, step: false, 'dry-run': true }, []],
  [{ approve: true, 'accept-irreversible': true }, ['--approve', '--accept-irreversible']],
  [{ inventory: 'site/uccert.yaml', out: "Tom's run" }, ['--inventory site/uccert.yaml', "--out 'Tom'\\''s run'"]],
])('of %j a command has again %j', (wanted, again) => {
  expect(givenOptions(wanted)).toEqual(again);
});
