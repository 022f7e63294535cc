import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withSignsOfLife } from './signs-of-life.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lasting = (ms: number) => () => new Promise<string>((resolve) => setTimeout(resolve, ms, 'done'));

test.each([
  ['a moment', 59_000, []],
  ['ten minutes', 600_000, [1, 2, 4, 8]],
])('work of %s', async (_what, ms, expected) => {
  const said: number[] = [];
  const work = withSignsOfLife(lasting(ms), (minutes) => said.push(minutes));
  await vi.advanceTimersByTimeAsync(ms);
  expect(await work).toBe('done');
  expect(said).toEqual(expected);
});

test('work that fails says nothing afterwards', async () => {
  const said: number[] = [];
  const work = withSignsOfLife(
    () => Promise.reject(new Error('refused')),
    (minutes) => said.push(minutes),
  );
  await expect(work).rejects.toThrow('refused');
  await vi.advanceTimersByTimeAsync(600_000);
  expect(said).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
