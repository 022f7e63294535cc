import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observation, ObservationKind } from '#model/observation.ts';
import type { Asked, Run } from '#model/run.ts';
import type { Fault, Judges } from '#faults/define-fault.ts';
import { faults } from '#faults/index.ts';
import type { Limits } from '#inventory/load.ts';
import { probeEndpoint, targetsOf, type Depth, type EndpointTarget, type Haul } from '#probes/endpoint.ts';
import { listenersOn, mayHoldEcdsa } from '#products/index.ts';
import { inLanes } from '#probes/lanes.ts';
import { roomForConnections } from '#probes/room.ts';
import { locate, recordName } from '#probes/names.ts';
import { CertificateBook } from '#x509/book.ts';
import { makeRun } from './make-run.ts';

/** Connections at once over all machines where handshakes are finished and variants asked: one of them holds ten times what a first flight does. */
const deepConnections = 400;
/** From this many endpoints on, the first flight is enough unless it proves no key: a full handshake costs ten times as much. */
const manyEndpoints = 50;

const wireJudges: readonly Judges[] = [
  'connection',
  'certificate-list',
  'presented',
  'client',
  'machine',
  'client-certificate',
  'protocol',
  'variants',
  'name',
  'clock',
  'revocation',
];
const wireKinds: readonly ObservationKind[] = [
  'connection',
  'certificate-list',
  'tls-handshake',
  'client-certificate',
  'tls-variants',
  'name-resolution',
  'clock',
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
  /** Whether the authorities are asked what they have revoked. */
  readonly revocation?: boolean;
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
  const located = await Promise.all(
    inventory.machines.map(async (machine) => ({ machine, location: await locate(machine, limits) })),
  );
  // What the operator named one by one is no deployment: the names of its addresses are nobody's promise.
  const names = inventory.file === null ? [] : located.filter(({ location }) => location.by === 'name');
  const resolutions = Promise.all(
    names.flatMap(({ machine, location }) => (location.by === 'name' ? [recordName(machine, location, limits)] : [])),
  );
  const targets = located.flatMap(({ machine, location }) => targetsOf(machine, location.addresses));
  const depthOf = ({ place }: EndpointTarget): Depth => ({
    handshake: targets.length < manyEndpoints ? 'full' : 'flight',
    variants: deep ? 'all' : mayHoldTwo.has(place.machine) ? 'other-key' : 'none',
  });
  const pages = new Map(inventory.machines.map((machine) => [machine.id, pagesOf(machine)]));
  const hauls = new Map<EndpointTarget, { observations: readonly Observation[]; digests: readonly Sha256[] }>();
  // Each certificate once, as soon as it is there: a fleet presents the same few thousands of times.
  const presented = new Map<Sha256, string>();
  await inLanes(
    targets,
    ({ place }) => place.machine,
    { perLane: limits.perMachine, total: Math.min(roomForConnections(), deep ? deepConnections : Infinity) },
    (target) => {
      const probed = probeEndpoint(target, limits, depthOf(target));
      const page = pages.get(target.place.machine)?.get(target.place.port) ?? null;
      return deep && page !== null ? withClock(target, probed, page, limits) : probed;
    },
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
  return {
    observations: [...(await resolutions), ...inOrder.flatMap(({ observations }) => observations)],
    certificates,
  };
}

/** The paths of the pages that people open, by port. */
function pagesOf(machine: Machine): ReadonlyMap<number, string> {
  return new Map(listenersOn(machine).flatMap(({ port, page }) => (page === undefined ? [] : [[port, page] as const])));
}

/** Reads the clock too, where a web server has shown a certificate. */
async function withClock(target: EndpointTarget, probed: Promise<Haul>, page: string, limits: Limits): Promise<Haul> {
  const haul = await probed;
  const isSeen = haul.observations.some(({ kind, outcome }) => kind === 'certificate-list' && outcome === 'recorded');
  if (!isSeen) return haul;
  // What only a deep look needs is not loaded for every other.
  const { recordClock } = await import('#probes/clock.ts');
  return { ...haul, observations: [...haul.observations, ...(await recordClock(target, page, limits))] };
}

/**
 * What a scan asks: all that the wire shows; trust only where there is a client to judge it by, what variants show only where all of them are asked.
 * `besides`: what the caller looks at too.
 */
export function wireQuestion(
  { inventory, deep, revocation = false }: Pick<ScanRequest, 'inventory' | 'deep' | 'revocation'>,
  besides: readonly ('stores' | 'pages')[] = [],
): { faults: readonly Fault[]; asked: Asked } {
  const withClients = inventory.clients.length > 0;
  const chosen = wireFaults.filter(
    ({ judges }) =>
      (withClients || judges !== 'client') &&
      (deep || (judges !== 'variants' && judges !== 'clock')) &&
      (revocation || judges !== 'revocation'),
  );
  return {
    faults: chosen,
    asked: {
      faults: chosen.map(({ id }) => id),
      kinds: [...wireKinds, ...(revocation ? (['revocation'] as const) : [])],
      notAsked: [
        ...(withClients ? [] : ['whether anybody trusts the certificates: no client profile or anchors were given']),
        ...(deep
          ? []
          : [
              'which older protocol versions, Diffie-Hellman groups and second certificates the ports have, and what their clocks say (uccert scan --deep)',
            ]),
        ...(revocation ? [] : ['whether authorities have revoked certificates (uccert scan --revocation)']),
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
  const asked = request.revocation === true ? await askAuthorities(request, evidence) : [];
  return makeRun({
    ...request,
    ...wireQuestion(request),
    startedAt,
    observations: [...evidence.observations, ...asked],
    certificates: { ...request.certificates, ...evidence.certificates },
  });
}

/** Asks the authorities of every certificate that was sent whether they have revoked it, one after the other. */
async function askAuthorities(
  { certificates, limits }: Pick<ScanRequest, 'certificates' | 'limits'>,
  evidence: WireEvidence,
): Promise<Observation[]> {
  const book = new CertificateBook({ ...certificates, ...evidence.certificates });
  const { RevocationLists } = await import('#probes/revocation.ts');
  const lists = new RevocationLists(limits);
  const asked: Observation[] = [];
  for (const observation of evidence.observations) {
    if (observation.kind !== 'certificate-list' || observation.outcome !== 'recorded') continue;
    const sent = book.readable(observation.value.certificates);
    asked.push(await lists.record(observation.place, sent, book.all(), new Date()));
  }
  return asked;
}
