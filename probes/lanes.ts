/** How many run at once: in one lane, and in all. */
export interface Lanes {
  readonly perLane: number;
  readonly total: number;
}

/**
 * Runs work in lanes, a lane per machine, so that a slow machine holds up nobody else's and none is asked more than it may be.
 * Results are given out as they come.
 */
export async function inLanes<Task, Result>(
  tasks: readonly Task[],
  laneOf: (task: Task) => string,
  limits: Lanes,
  work: (task: Task) => Promise<Result>,
  done: (result: Result, task: Task) => void,
): Promise<void> {
  const waiting = new Map<string, Task[]>();
  for (const task of tasks) {
    const lane = laneOf(task);
    const queue = waiting.get(lane);
    if (queue === undefined) waiting.set(lane, [task]);
    else queue.push(task);
  }
  const turns = [...waiting.values()].map((queue) => ({ queue: queue.reverse(), busy: 0 }));
  let running = 0;
  let left = tasks.length;
  if (left === 0) return;

  await new Promise<void>((resolve, reject) => {
    let next = 0;
    const start = (): void => {
      // One round over the lanes at most: whoever has a place and work gets one more.
      for (let looked = 0; looked < turns.length && running < limits.total; looked += 1) {
        const lane = turns[next];
        next = (next + 1) % turns.length;
        if (lane === undefined || lane.busy >= limits.perLane) continue;
        const task = lane.queue.pop();
        if (task === undefined) continue;
        looked = -1;
        lane.busy += 1;
        running += 1;
        work(task).then(
          (result) => {
            done(result, task);
            lane.busy -= 1;
            running -= 1;
            left -= 1;
            if (left === 0) resolve();
            else start();
          },
          (error: unknown) => {
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }
    };
    start();
  });
}
