import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Malformation } from '#probes/wire/bytes.ts';
import { Inconsistency, readers, type FuzzedReader } from './readers.ts';
import { fuzz } from './run.ts';

/** A few seconds of it; `npm run fuzz` goes on for as long as it is told. */
const inputs = 10_000;

describe('changed input of every sort', () => {
  test.each([
    ['a fixed seed', 20_261_122],
    ['a seed of its own', randomInt(2 ** 31)],
  ])('of %s, %i, ends in typed outcomes only', (_which, seed) => {
    expect(fuzz({ seed, from: 0, to: inputs, step: 1 })).toEqual([]);
  });

  // Seed 20261122: what was found once. 804621: a handshake record of TLS 1.3 whose type was changed passed for an unprotected one.
  test.each([804_621, 8_679_524, 8_997_564, 9_687_447, 9_893_015])('index %i is met as it should be', (index) => {
    expect(fuzz({ seed: 20_261_122, from: index, to: index + 1, step: 1 })).toEqual([]);
  });

  test('reaches every reader', () => {
    const reached = new Set<string>();
    const watched = readers.map((reader): FuzzedReader => ({ ...reader, fuzz: () => void reached.add(reader.name) }));
    fuzz({ seed: 1, from: 0, to: 2000, step: 1 }, undefined, watched);
    expect([...reached].sort()).toEqual(readers.map(({ name }) => name).sort());
  });
});

describe('a reader', () => {
  const broken = (fails: () => void): FuzzedReader[] => [
    {
      name: 'broken',
      weight: 1,
      fuzz: (_corpus, random) => {
        if (random.below(10) === 7) fails();
      },
    },
  ];
  const throws = (error: Error) => (): never => {
    throw error;
  };
  test.each([
    ['throws what is no verdict', throws(new RangeError('out of range')), /^RangeError: out of range/],
    ['throws its own error where it should tell', throws(new Malformation('no TLS')), /^Malformation: no TLS/],
    ['differs from itself', throws(new Inconsistency('more and done')), /^Inconsistency: more and done/],
    ['takes its time', busy, /^takes more than 50 ms$/],
  ])('that %s is found, by an index that shows it again', (_what, fails, what) => {
    const [first] = fuzz({ seed: 1, from: 0, to: 20, step: 1 }, undefined, broken(fails));
    expect(first?.what).toMatch(what);
    const index = first?.index ?? -1;
    expect(fuzz({ seed: 1, from: index, to: index + 1, step: 1 }, undefined, broken(fails))).toMatchObject([{ index }]);
  });
});

function busy(): void {
  const before = process.threadCpuUsage();
  while (process.threadCpuUsage(before).user < 60_000);
}
