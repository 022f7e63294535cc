import { expect, test } from 'vitest';
import { expiringFrom } from './expiring.ts';
import { usualThresholds } from './thresholds.ts';

test.each([
  { life: 1825, expected: 30, name: 'a self-signed certificate of five years' },
  { life: 90, expected: 30, name: 'one of ninety days' },
  { life: 47, expected: 16, name: 'one of 47 days: a third of its life' },
  { life: 0.5, expected: 1, name: 'one of half a day' },
])('$name counts as expiring for $expected days', ({ life, expected }) => {
  const notBefore = new Date('2026-01-01T00:00:00Z');
  const notAfter = new Date(notBefore.getTime() + life * 86_400_000);
  expect(expiringFrom({ notBefore, notAfter }, usualThresholds)).toBe(expected);
});
