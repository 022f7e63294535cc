/** How many run at once: in one lane, and in all. */
export interface Lanes {
  readonly perLane: number;
  readonly total: number;
  /**
   * Work that takes longer than this many milliseconds waits for a peer and costs nothing: it no longer counts in all, up to so many. `together`: while
   * other work is younger than that, no more is begun until so much can be begun at once, since what is begun in one turn shares what a turn costs.
   */
  readonly patient?: { readonly afterMs: number; readonly most: number; readonly together?: number };
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
  let places = limits.total;
  let lendable = limits.patient?.most ?? 0;
  /** At work, and so young that it ends or gives its place away soon. */
  let young = 0;
  let left = tasks.length;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();

  const queueUp = (lane: (typeof ready)[number]): void => {
    if (lane.isReady || lane.queue.length === 0 || lane.busy >= limits.perLane) return;
    lane.isReady = true;
    ready.push(lane);
  };
  const fill = (): void => {
    if (young > 0 && places < (limits.patient?.together ?? 1)) return;
    while (places > 0) {
      const lane = ready.shift();
      if (lane === undefined) return;
      const task = lane.queue.pop() as Task;
      lane.isReady = false;
      lane.busy += 1;
      places -= 1;
      queueUp(lane);
      void run(lane, task);
    }
  };
  const run = async (lane: (typeof ready)[number], task: Task): Promise<void> => {
    let giveBack = (): void => void (places += 1);
    let waiting: NodeJS.Timeout | undefined;
    const age = (): void => {
      if (waiting === undefined) return;
      clearTimeout(waiting);
      waiting = undefined;
      young -= 1;
    };
    const lend = (): void => {
      age();
      if (lendable > 0) {
        giveBack = () => void (lendable += 1);
        lendable -= 1;
        places += 1;
      }
      fill();
    };
    if (limits.patient !== undefined) {
      waiting = setTimeout(lend, limits.patient.afterMs);
      young += 1;
    }
    try {
      done(await work(task), task);
    } catch (error) {
      ready.length = 0;
      places = -Infinity;
      reject(error);
      return;
    } finally {
      age();
    }
    giveBack();
    lane.busy -= 1;
    left -= 1;
    queueUp(lane);
    if (left === 0) resolve(undefined);
    else fill();
  };
  if (left === 0) return;
  fill();
  await promise;
}
