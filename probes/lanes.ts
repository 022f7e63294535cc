/** How many run at once: in one lane, and in all. */
export interface Lanes {
  readonly perLane: number;
  readonly total: number;
}

/**
 * Runs work in lanes, a lane per machine, so that a slow machine holds up nobody else's and none is asked more than it may be.
 * Results are given out as they come. Work or a receiver that throws ends it: nothing more is started, and the error is passed on.
 */
export async function inLanes<Task, Result>(
  tasks: readonly Task[],
  laneOf: (task: Task) => string,
  limits: Lanes,
  work: (task: Task) => Promise<Result>,
  done: (result: Result, task: Task) => void,
): Promise<void> {
  const lanes = Map.groupBy(tasks, laneOf).values();
  /** Lanes that have work and room: the one that waited longest in front. */
  const ready = [...lanes].map((queue) => ({ queue: queue.reverse(), busy: 0, isReady: true }));
  let running = 0;
  let left = tasks.length;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();

  const queueUp = (lane: (typeof ready)[number]): void => {
    if (lane.isReady || lane.queue.length === 0 || lane.busy >= limits.perLane) return;
    lane.isReady = true;
    ready.push(lane);
  };
  const fill = (): void => {
    while (running < limits.total) {
      const lane = ready.shift();
      if (lane === undefined) return;
      const task = lane.queue.pop() as Task;
      lane.isReady = false;
      lane.busy += 1;
      running += 1;
      queueUp(lane);
      // Thousands wait at once: each with as little as can be.
      work(task).then((result) => end(lane, task, result), stop);
    }
  };
  const end = (lane: (typeof ready)[number], task: Task, result: Result): void => {
    try {
      done(result, task);
    } catch (error) {
      stop(error);
      return;
    }
    lane.busy -= 1;
    running -= 1;
    left -= 1;
    queueUp(lane);
    if (left === 0) resolve(undefined);
    else fill();
  };
  const stop = (error: unknown): void => {
    running = Infinity;
    reject(error);
  };
  if (left === 0) return;
  fill();
  await promise;
}
