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
  const lanes = [...Map.groupBy(tasks, laneOf).values()].map((queue) => ({ queue: queue.reverse(), busy: 0 }));

  /** Of the lanes that have work and room the one that waited longest: taken from the front, put back at the end. */
  const nextLane = (): (typeof lanes)[number] | undefined => {
    const place = lanes.findIndex(({ queue, busy }) => queue.length > 0 && busy < limits.perLane);
    if (place < 0) return undefined;
    lanes.push(...lanes.splice(place, 1));
    return lanes.at(-1);
  };
  // A worker that finds no lane may end for good: room comes only from a worker that is done, and that one takes it.
  const worker = async (): Promise<void> => {
    for (let lane = nextLane(); lane !== undefined; lane = nextLane()) {
      const task = lane.queue.pop() as Task;
      lane.busy += 1;
      done(await work(task), task);
      lane.busy -= 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limits.total, tasks.length) }, worker));
  } finally {
    lanes.length = 0;
  }
}
