import { setImmediate } from 'node:timers/promises';
import { probeEndpoint, type EndpointTarget } from '#probes/endpoint.ts';
import { inLanes } from '#probes/lanes.ts';
import type { TlsLimits } from '#probes/tls.ts';

/** Probes what it is told in a process of its own, and says what is left of it: started by hostile.test.ts with --expose-gc. */
export interface Orders {
  readonly targets: readonly EndpointTarget[];
  readonly limits: TlsLimits;
  readonly rounds: number;
}

export interface Left {
  readonly probes: number;
  readonly reasons: readonly string[];
  /** Sockets, timers and whatever else is open, but for the pipes to the parent. */
  readonly handles: readonly string[];
  /** Bytes in use after each round, garbage collected. */
  readonly bytes: readonly number[];
  readonly mostKilobytes: number;
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const reasons = new Set<string>();
const bytes: number[] = [];
let probes = 0;
for (let round = 0; round < orders.rounds; round += 1) {
  await inLanes(
    orders.targets,
    ({ place }) => String(place.port),
    { perLane: 2, total: 50 },
    (target) => probeEndpoint(target, orders.limits, { handshake: 'full', variants: 'all' }),
    ({ observations }) => {
      probes += 1;
      for (const observation of observations)
        reasons.add(observation.outcome === 'failed' ? observation.failure.reason : 'recorded');
    },
  );
  // Handles are closed in the turn of the loop after the one that says so.
  await setImmediate();
  await setImmediate();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  bytes.push(heapUsed + external);
}
const left: Left = {
  probes,
  reasons: [...reasons],
  handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap'),
  bytes,
  mostKilobytes: process.resourceUsage().maxRSS,
};
process.stdout.write(JSON.stringify(left));
