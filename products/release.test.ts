import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { products } from './index.ts';
import { isInRange, parseRelease, rangeTitle, type ReleaseRange } from './release.ts';

describe('reads a release as Cisco writes it', () => {
  test.each([
    ['12.5', [12, 5, 0, 0]],
    ['12.5(1)', [12, 5, 1, 0]],
    ['12.5(1)SU3', [12, 5, 1, 3]],
    ['12.5(1) SU3', [12, 5, 1, 3]],
    ['12.5(1)su3', [12, 5, 1, 3]],
    ['12.5(1a)SU3', [12, 5, 1, 3]],
    ['11.0(1)SU10', [11, 0, 1, 10]],
    [' 15.0(1) ', [15, 0, 1, 0]],
    ['12.5(1)SU03ES05', [12, 5, 1, 3]],
    ['12', null],
    ['SU3', null],
    ['latest', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(parseRelease(text)).toEqual(expected);
  });
});

describe('a release lies in a range', () => {
  const range = { from: '11.6', before: '12.5(1)SU2' };
  test.each<[string | null, ReleaseRange, boolean | null]>([
    ['11.5(1)SU1', range, false],
    ['11.6', range, true],
    ['11.6(1)', range, true],
    ['12.5(1)', range, true],
    ['12.5(1)SU1', range, true],
    ['12.5(1)SU2', range, false],
    ['12.5(1)SU10', range, false],
    ['12.5(2)', range, false],
    ['15.0(1)', range, false],
    ['9.0(2)', range, false],
    ['15.0(1)', { from: '12.5' }, true],
    ['9.0(2)', { before: '10.0' }, true],
    ['10.0', { before: '10.0' }, false],
    ['1.0', {}, true],
    [null, {}, true],
    ['latest', {}, true],
    // Unknown is neither in nor out.
    [null, range, null],
    ['latest', range, null],
  ])('%j in %j: %j', (release, within, expected) => {
    expect(isInRange(release, within)).toBe(expected);
  });

  test('a bound that is no release is a defect of the table', () => {
    expect(() => isInRange('12.5', { from: 'soon' })).toThrow(TypeError);
  });

  test('before and from the same release part all releases in two', () => {
    const part = fc.nat(20);
    fc.assert(
      fc.property(fc.tuple(part, part, part, part), fc.tuple(part, part, part, part), (a, b) => {
        const written = ([major, minor, maintenance, update]: typeof a): string =>
          `${String(major)}.${String(minor)}(${String(maintenance)})SU${String(update)}`;
        const [release, bound] = [written(a), written(b)];
        expect(isInRange(release, { from: bound })).toBe(!isInRange(release, { before: bound }));
      }),
    );
  });

  test('every range of the products can be read', () => {
    const ranges = products.flatMap(({ listeners }) =>
      listeners.flatMap(({ releases, optional }) => [releases ?? {}, optional ?? {}]),
    );
    for (const each of ranges) expect([true, false]).toContain(isInRange('12.5(1)', each));
  });
});

test.each([
  [{}, 'all releases'],
  [{ from: '11.6' }, 'from 11.6'],
  [{ before: '12.5(1)SU2' }, 'before 12.5(1)SU2'],
  [{ from: '11.6', before: '12.5(1)SU2' }, 'from 11.6, before 12.5(1)SU2'],
])('the range %j in words', (range, expected) => {
  expect(rangeTitle(range)).toBe(expected);
});
