import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { inLanes } from './lanes.ts';

/** Work that ends when it is told to. */
class Work {
  readonly started: string[] = [];
  readonly #ends = new Map<string, (error?: Error) => void>();

  readonly run = (task: string): Promise<string> => {
    this.started.push(task);
    return new Promise((resolve, reject) =>
      this.#ends.set(task, (error) => {
        if (error === undefined) resolve(task.toUpperCase());
        else reject(error);
      }),
    );
  };

  /** Ends a task and lets everything that follows from it happen. */
  async end(task: string, error?: Error): Promise<void> {
    this.#ends.get(task)!(error);
    await setImmediate();
  }
}

const laneOf = (task: string): string => task.slice(0, 1);

describe('lanes', () => {
  test('nothing to do is done at once', async () => {
    const work = new Work();
    await inLanes([], laneOf, { perLane: 1, total: 1 }, work.run, () => undefined);
    expect(work.started).toEqual([]);
  });

  test('a slow lane holds up nobody else, and results come as they are', async () => {
    const work = new Work();
    const results: string[] = [];
    const all = inLanes(['a1', 'a2', 'a3', 'b1', 'b2'], laneOf, { perLane: 1, total: 2 }, work.run, (result) =>
      results.push(result),
    );
    expect(work.started).toEqual(['a1', 'b1']);
    await work.end('b1');
    await work.end('b2');
    expect(results).toEqual(['B1', 'B2']);
    expect(work.started).toEqual(['a1', 'b1', 'b2']);
    for (const task of ['a1', 'a2', 'a3']) await work.end(task);
    await all;
    expect(results).toEqual(['B1', 'B2', 'A1', 'A2', 'A3']);
  });

  test('where there is room for few, every lane has its turn', async () => {
    const work = new Work();
    const all = inLanes(['a1', 'a2', 'b1', 'b2', 'c1'], laneOf, { perLane: 2, total: 1 }, work.run, () => undefined);
    for (let turn = 0; turn < 5; turn += 1) await work.end(work.started.at(-1)!);
    await all;
    expect(work.started).toEqual(['a1', 'b1', 'c1', 'a2', 'b2']);
  });

  test.each([
    ['work', new Error('work fails'), undefined],
    ['the receiver', undefined, new Error('the receiver fails')],
  ])('where %s throws, it ends with that error and starts nothing more', async (_who, inWork, inReceiver) => {
    const work = new Work();
    const all = inLanes(['a1', 'a2', 'b1', 'b2'], laneOf, { perLane: 1, total: 2 }, work.run, () => {
      if (inReceiver !== undefined) throw inReceiver;
    });
    const ended = expect(all).rejects.toBe(inWork ?? inReceiver);
    await work.end('a1', inWork);
    await ended;
    await work.end('b1').catch(() => undefined);
    expect(work.started).toEqual(['a1', 'b1']);
  });

  test('never more than allowed, and everything once', async () => {
    const size = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 40 }),
        size,
        size,
        async (of, perLane, total) => {
          const tasks = of.map((lane, number) => ({ lane, number }));
          const busy = new Map<number, number>();
          let running = 0;
          const seen: number[] = [];
          await inLanes(
            tasks,
            ({ lane }) => String(lane),
            { perLane, total },
            async ({ lane, number }) => {
              busy.set(lane, (busy.get(lane) ?? 0) + 1);
              running += 1;
              expect(busy.get(lane)).toBeLessThanOrEqual(perLane);
              expect(running).toBeLessThanOrEqual(total);
              for (let turns = number % 3; turns >= 0; turns -= 1) await setImmediate();
              running -= 1;
              busy.set(lane, busy.get(lane)! - 1);
              return number;
            },
            (number) => seen.push(number),
          );
          expect(seen.sort((a, b) => a - b)).toEqual(tasks.map(({ number }) => number));
        },
      ),
      { numRuns: 50 },
    );
  });
});
