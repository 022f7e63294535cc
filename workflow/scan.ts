import type { InventorySnapshot } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observation, ObservationKind } from '#model/observation.ts';
import type { Asked, Run } from '#model/run.ts';
import type { Fault, Judges } from '#faults/define-fault.ts';
import { faults } from '#faults/index.ts';
import type { Limits } from '#inventory/load.ts';
import { probeEndpoint, targetsOf, type Depth, type EndpointTarget, type Haul } from '#probes/endpoint.ts';
import { mayHoldEcdsa } from '#products/index.ts';
import { inLanes } from '#probes/lanes.ts';
import { makeRun } from './make-run.ts';

/** Connections at once over all machines: more adds latency and no throughput on two cores. */
const totalConnections = 50;
/** A peer that says nothing for so long costs nothing but a socket, and must not hold up a fleet until its deadline. */
const patient = { afterMs: 100, most: 900 };
/** From this many endpoints on, the first flight is enough unless it proves no key: a full handshake costs ten times as much. */
const manyEndpoints = 50;

const wireJudges: readonly Judges[] = [
  'connection',
  'certificate-list',
  'presented',
  'client',
  'machine',
  'client-certificate',
  'variants',
];
const wireKinds: readonly ObservationKind[] = [
  'connection',
  'certificate-list',
  'tls-handshake',
  'client-certificate',
  'tls-variants',
];

/** Faults that the wire alone decides. */
export const wireFaults: readonly Fault[] = faults.filter(({ judges }) => wireJudges.includes(judges));

/** What a scan looks at. */
export interface ScanRequest {
  readonly command: readonly string[];
  readonly inventory: InventorySnapshot;
  /** Certificates of the client profiles, SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<Sha256, string>>;
  readonly limits: Limits;
  /** Whether every variant is asked, a connection each. */
  readonly deep: boolean;
  readonly judgeAt: Date | null;
}

/** Told after each endpoint. */
export type Progress = (done: number, total: number, target: EndpointTarget, haul: Haul) => void;

/** What looking at the wire brought. */
export interface WireEvidence {
  readonly observations: Observation[];
  readonly certificates: Record<Sha256, string>;
}

/** Looks at every port of every machine: once, twice where the release may have a second certificate, with every variant where it is to be deep. */
export async function lookAtWire(
  request: Pick<ScanRequest, 'inventory' | 'limits' | 'deep'>,
  progress?: Progress,
): Promise<WireEvidence> {
  const { inventory, limits, deep } = request;
  const mayHoldTwo = new Set(
    inventory.machines.filter(({ type, release }) => mayHoldEcdsa(type, release)).map(({ id }) => id),
  );
  const targets = (await Promise.all(inventory.machines.map((machine) => targetsOf(machine, limits)))).flat();
  const depthOf = ({ place }: EndpointTarget): Depth => ({
    handshake: targets.length < manyEndpoints ? 'full' : 'flight',
    variants: deep ? 'all' : mayHoldTwo.has(place.machine) ? 'other-key' : 'none',
  });
  const hauls = new Map<EndpointTarget, { observations: readonly Observation[]; digests: readonly Sha256[] }>();
  // Each certificate once, as soon as it is there: a fleet presents the same few thousands of times.
  const presented = new Map<Sha256, string>();
  await inLanes(
    targets,
    ({ place }) => place.machine,
    { perLane: limits.perMachine, total: totalConnections, patient },
    (target) => probeEndpoint(target, limits, depthOf(target)),
    (haul, target) => {
      for (const [digest, der] of haul.certificates)
        if (!presented.has(digest)) presented.set(digest, der.toString('base64'));
      hauls.set(target, { observations: haul.observations, digests: [...haul.certificates.keys()] });
      progress?.(hauls.size, targets.length, target, haul);
    },
  );
  // In the order of the inventory, not of arrival: two runs over an unchanged world differ in nothing but times.
  const inOrder = targets.flatMap((target) => hauls.get(target) ?? []);
  const certificates: Record<Sha256, string> = {};
  for (const digest of inOrder.flatMap(({ digests }) => digests)) certificates[digest] = presented.get(digest) ?? '';
  return { observations: inOrder.flatMap(({ observations }) => observations), certificates };
}

/**
 * What a scan asks: all that the wire shows; trust only where there is a client to judge it by, what variants show only where all of them are asked.
 * `besides`: what the caller looks at too.
 */
export function wireQuestion(
  { inventory, deep }: Pick<ScanRequest, 'inventory' | 'deep'>,
  besides: readonly ('stores' | 'pages')[] = [],
): { faults: readonly Fault[]; asked: Asked } {
  const withClients = inventory.clients.length > 0;
  const chosen = wireFaults.filter(
    ({ judges }) => (withClients || judges !== 'client') && (deep || judges !== 'variants'),
  );
  return {
    faults: chosen,
    asked: {
      faults: chosen.map(({ id }) => id),
      kinds: [...wireKinds],
      notAsked: [
        ...(withClients ? [] : ['whether anybody trusts the certificates: no client profile or anchors were given']),
        ...(deep
          ? []
          : [
              'which protocol versions, Diffie-Hellman groups and second certificates the ports have (uccert scan --deep)',
            ]),
        ...(besides.includes('stores') ? [] : ['what the stores of the machines hold (uccert trust)']),
        ...(besides.includes('pages') ? [] : ['what a browser shows (uccert browse)']),
      ],
    },
  };
}

/** Probes and judges what the wire shows. */
export async function scan(request: ScanRequest, progress?: Progress): Promise<Run> {
  const startedAt = new Date();
  const evidence = await lookAtWire(request, progress);
  return makeRun({
    ...request,
    ...wireQuestion(request),
    startedAt,
    observations: evidence.observations,
    certificates: { ...request.certificates, ...evidence.certificates },
  });
}
