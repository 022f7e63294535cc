import { expect, test } from 'vitest';
import { closedWords, isInWindow } from './window.ts';

const berlin = { timeZone: 'Europe/Berlin' };

test.each<[from: string, to: string, now: string, words: string | null]>([
  ['22:00', '04:00', '2026-11-23T21:30:00Z', null],
  ['22:00', '04:00', '2026-11-23T02:59:59Z', null],
  ['22:00', '04:00', '2026-11-23T03:00:00Z', '22:00 to 04:00 Europe/Berlin, opens next at 2026-11-23 22:00'],
  ['01:00', '03:00', '2026-11-23T21:30:40Z', '01:00 to 03:00 Europe/Berlin, opens next at 2026-11-24 01:00'],
  // The hour from two to three is left out that night.
  ['02:10', '05:00', '2026-03-28T23:30:00Z', '02:10 to 05:00 Europe/Berlin, opens next at 2026-03-29 03:00'],
  ['03:00', '03:00', '2026-11-23T03:00:00Z', '03:00 to 03:00 Europe/Berlin, never opens'],
])('a window from %s to %s is at %s: %j', (from, to, now, words) => {
  const window = { ...berlin, from, to };
  expect(closedWords(window, new Date(now))).toBe(words);
  expect(isInWindow(window, new Date(now))).toBe(words === null);
});
