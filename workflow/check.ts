import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { CertificateFile, FileRole } from '#model/certificate-file.ts';
import { messageOf, UsageError } from '#model/errors.ts';
import type { InventorySnapshot } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import type { Asked, Run } from '#model/run.ts';
import type { Fault, Judges } from '#faults/define-fault.ts';
import { faults, type FaultId } from '#faults/index.ts';
import { Unreadable } from '#keystores/contents.ts';
import { largestFile, readFile } from '#keystores/read-file.ts';
import type { MachineEvidence } from './machine-evidence.ts';
import { makeRun } from './make-run.ts';

/** What a check looks at. */
export interface CheckRequest {
  readonly command: readonly string[];
  readonly inventory: InventorySnapshot;
  /** Certificates of the client profiles, SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<Sha256, string>>;
  /** The machine of the inventory that the files are meant for. */
  readonly machine: MachineId;
  /** Whether the caller said which machine or sort of machine that is: without it no product's rules are asked. */
  readonly isMachineKnown: boolean;
  /** Files and folders by what they were given as. */
  readonly paths: Readonly<Record<FileRole, readonly string[]>>;
  readonly names: readonly string[];
  readonly unit: string | null;
  readonly password: string | null;
  readonly judgeAt: Date | null;
  /** What the machine itself holds; null where nobody asked it. */
  readonly known: MachineEvidence | null;
}

/** A run, and the paths that lead to nothing that can be read: those are the caller's to put right. */
export interface Checked {
  readonly run: Run;
  readonly unreachable: readonly string[];
}

const hour = 60 * 60 * 1000;

const judgesOfFiles: readonly Judges[] = [
  'certificate-list',
  'presented',
  'client',
  'store',
  'key-store',
  'file',
  'reply',
];

/** Faults of how a port sends its list: a file is not sent. */
const ofSending: readonly FaultId[] = [
  'certificate-list-out-of-order',
  'certificate-list-superfluous',
  'trust-anchor-sent',
];
/** Faults that set a certificate against the name of its machine. */
const ofNames: readonly FaultId[] = ['name-mismatch', 'stale-domain'];
/** Faults that need the other machines of the inventory as well. */
const ofInventory: readonly FaultId[] = [
  'foreign-name-in-multi-server-certificate',
  'machine-missing-from-multi-server-certificate',
];
const ofRequests: readonly FaultId[] = ['request-names-differ', 'request-key-differs', 'request-key-usages-differ'];
const ofMachines: readonly FaultId[] = ['pending-request-absent'];
const ofProducts: readonly FaultId[] = [
  'certificate-file-unacceptable',
  'keystore-format-wrong',
  'identity-alias-missing',
];

/** Reads the files and judges what they hold, against what is known of the machine. Nothing else is looked at. Throws `UsageError` where a request is none. */
export function check(request: CheckRequest): Checked {
  const startedAt = new Date();
  const unreachable: string[] = [];
  const foreign: string[] = [];
  const { known } = request;
  const certificates: Record<Sha256, string> = { ...request.certificates, ...known?.certificates };
  const observations: Observation[] = [...(known?.observations ?? [])];
  const seen = new Set<string>();
  for (const [role, paths] of Object.entries(request.paths) as [FileRole, readonly string[]][]) {
    for (const { path, isOfFolder, failure } of paths.flatMap(filesAt)) {
      if (seen.has(path)) continue;
      seen.add(path);
      const place = { at: 'file', machine: request.machine, path } as const;
      const common = { kind: 'certificate-file', place, at: startedAt.toISOString() } as const;
      const fail = (message: string, todo: string): void => {
        observations.push({ ...common, outcome: 'failed', failure: { reason: 'file-unreadable', message, todo } });
      };
      if (failure !== null) {
        unreachable.push(path);
        fail(failure, 'Check the path, and that you may read it; what else was named was judged.');
        continue;
      }
      try {
        const reading = readFile(bytesOf(path), request.password);
        for (const [digest, der] of reading.certificates) certificates[digest] ??= Buffer.from(der).toString('base64');
        const { unit, names } = request;
        const value: CertificateFile = { role, unit, names: [...names], contents: reading.contents };
        observations.push({ ...common, outcome: 'recorded', value });
      } catch (error) {
        if (error instanceof Unreadable) {
          if (isOfFolder && error.isForeign) foreign.push(path);
          else fail(error.message, error.todo);
        } else if (isSystemError(error)) {
          unreachable.push(path);
          fail(messageOf(error), 'Check that you may read the file; what else was named was judged.');
        } else throw error;
      }
    }
  }
  for (const path of request.paths.request) holdsRequest(path, observations);
  const { chosen, asked } = question(request, observations, foreign);
  const { command, inventory, judgeAt } = request;
  const parts = { command, inventory, judgeAt, startedAt, faults: chosen, asked, observations, certificates };
  return { run: makeRun(parts), unreachable };
}

interface Found {
  readonly path: string;
  readonly isOfFolder: boolean;
  /** Why the path leads to no file. */
  readonly failure: string | null;
}

/** The file at a path, or the files of a folder in the order of their names. */
function filesAt(path: string): Found[] {
  const lost = (failure: string): Found[] => [{ path, isOfFolder: false, failure }];
  try {
    if (!statSync(path).isDirectory()) return [{ path, isOfFolder: false, failure: null }];
    const names = readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
    if (names.length === 0) return lost('the folder has no files');
    return names.map((name) => ({ path: join(path, name), isOfFolder: true, failure: null }));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return lost(error.code === 'ENOENT' ? 'there is no such file' : messageOf(error));
  }
}

/** Throws `UsageError` where what was given as a request could be read and holds none. */
function holdsRequest(path: string, observations: readonly Observation[]): void {
  const files = new Set(filesAt(path).map((found) => found.path));
  const read = observations.flatMap((observation) =>
    observation.kind === 'certificate-file' && files.has(observation.place.path)
      ? [observation.outcome === 'failed' ? null : observation.value.contents.parts]
      : [],
  );
  // A file that could not be read at all is said in its own place.
  if (read.length === 0 || !read.every((parts) => parts?.every(({ holds }) => holds !== 'request'))) return;
  const parts = read.flatMap((each) => each ?? []);
  const broken = parts.find((part) => part.holds === 'broken');
  const isCertificate = parts.some(({ holds }) => holds === 'certificate');
  throw new UsageError({
    seen:
      broken !== undefined
        ? `${path} holds no request that can be read: ${broken.where}: ${broken.reason}.`
        : isCertificate
          ? `${path} is a certificate, not a request.`
          : `${path} holds no request.`,
    matters: 'Whether the certificates answer the request could not be judged, and it would read as if they did.',
    todo: 'Give --request the file that begins with BEGIN CERTIFICATE REQUEST or BEGIN NEW CERTIFICATE REQUEST.',
  });
}

/** Looks at what the path is before it is opened: a named pipe would wait for ever, and a large file fill the memory. */
function bytesOf(path: string): Buffer {
  const stats = statSync(path);
  if (!stats.isFile())
    throw new Unreadable(`it is ${sortOf(stats)}, not a file`, 'Write it into a file first, and name that file.');
  if (stats.size > largestFile) {
    const megabytes = `${String(Math.round(stats.size / 1024 / 1024))} MB`;
    const limit = `${String(largestFile / 1024 / 1024)} MB`;
    throw new Unreadable(
      `the file has ${megabytes}, more than the ${limit} that are read`,
      'No file of certificates is as large: check that it is the right one.',
    );
  }
  return readFileSync(path);
}

function sortOf(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** What is asked of the files, and what is not and why. */
function question(
  { inventory, isMachineKnown, names, paths, known, judgeAt }: CheckRequest,
  observations: readonly Observation[],
  foreign: readonly string[],
): { chosen: readonly Fault[]; asked: Asked } {
  const hasRequest = observations.some((observation) => {
    if (observation.kind === 'pending-request')
      return observation.outcome === 'recorded' && observation.value.request !== null;
    if (observation.kind !== 'certificate-file') return false;
    return (
      observation.outcome === 'failed' || observation.value.contents.parts.some(({ holds }) => holds === 'request')
    );
  });
  const checked = observations.flatMap((observation) =>
    observation.kind === 'certificate-file' &&
    observation.outcome === 'recorded' &&
    observation.value.role === 'checked'
      ? observation.value.contents.parts
      : [],
  );
  const isRequestAlone = checked.length > 0 && checked.every(({ holds }) => holds === 'request');
  const isMissing: readonly (readonly [isIt: boolean, ids: readonly FaultId[], why: string | null])[] = [
    [true, ofSending, null],
    [
      isRequestAlone && !isMachineKnown,
      [],
      'what the request asks for: without a certificate only the rules of a product judge it, add --machine-type or --for',
    ],
    [names.length === 0, ofNames, 'whether the names are those of the machine: neither --for nor --name was given'],
    [inventory.file === null, ofInventory, null],
    [!isMachineKnown, ofProducts, 'what the product accepts: neither --for nor --machine-type was given'],
    [
      !hasRequest,
      ofRequests,
      known === null ? 'whether the certificates answer a request: no --request was given' : null,
    ],
    [
      known === null,
      ofMachines,
      'whether the machine awaits an answer to a request: neither --live nor --from was given',
    ],
  ];
  const left = new Set<string>(isMissing.flatMap(([isIt, ids]) => (isIt ? ids : [])));
  const withClients = inventory.clients.length > 0;
  const chosen = faults.filter(
    ({ id, judges }) => judgesOfFiles.includes(judges) && !left.has(id) && (withClients || judges !== 'client'),
  );
  return {
    chosen,
    asked: {
      faults: chosen.map(({ id }) => id),
      kinds: [
        'certificate-file',
        ...(known === null ? [] : (['pending-request', 'identity-store', 'trust-store'] as const)),
      ],
      notAsked: [
        ...isMissing.flatMap(([isIt, , why]) => (isIt && why !== null ? [why] : [])),
        ...(withClients ? [] : ['whether anybody trusts the certificates: no --anchors were given']),
        ...(paths.store.length > 0 || known !== null
          ? []
          : ['whether the machine has the issuers already: no --store was given']),
        ...(foreign.length === 0 ? [] : [`what holds no certificate: ${foreign.join(', ')}`]),
        ...(known === null || (judgeAt ?? new Date()).getTime() - known.at.getTime() < hour
          ? []
          : [`what waits on the machine now: it was read at ${known.at.toISOString()}`]),
        'what the machine presents now (uccert trust)',
      ],
    },
  };
}
