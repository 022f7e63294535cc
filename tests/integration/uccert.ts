import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Status } from '#model/finding.ts';
import { certificatesOfPem } from '#model/pem.ts';
import { Run } from '#model/run.ts';
import { Folder } from './servers.ts';

const main = resolve('cli/main.ts');
/** Far more than any command here takes; a command that hangs is ended, and its test fails on the exit code. */
const mostMs = 30_000;

interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

async function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Done> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    timeout: mostMs,
  });
  const ended = new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  const [status, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, out, err };
}

/** Runs Node. */
export function node(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Done> {
  return start(process.execPath, args, env);
}

export interface Scanned {
  readonly status: number | null;
  readonly err: string;
  readonly run: Run;
}

/** `uccert scan ... --json` as a script starts it. */
export async function scan(args: readonly string[]): Promise<Scanned> {
  using state = new Folder();
  const { status, out, err } = await node([main, 'scan', ...args, '--json'], {
    UCCERT_STATE: state.path,
    UCCERT_INVENTORY: undefined,
    NO_COLOR: '1',
  });
  try {
    return { status, err, run: Run.parse(JSON.parse(out)) };
  } catch (error) {
    throw new Error(`uccert scan ${args.join(' ')} ended with ${String(status)} and no run:\n${err}`, { cause: error });
  }
}

/** The certificate_list recorded at each address, in base64 and in the order of the targets; null where it failed. */
export function recordedLists({ observations, certificates }: Run): (string[] | null)[] {
  return observations.flatMap((observation) => {
    if (observation.kind !== 'certificate-list') return [];
    if (observation.outcome === 'failed') return [null];
    return [observation.value.certificates.map((digest) => certificates[digest]!)];
  });
}

/** The faults with this verdict at one address, in the order of the catalogue. */
export function faultsAt(address: string, status: Status, { findings }: Run): string[] {
  return findings
    .filter(({ subject }) => subject.scope === 'endpoint' && subject.address === address)
    .filter(({ verdict }) => verdict.status === status)
    .map(({ fault }) => fault);
}

/** The second opinion: the list as `openssl s_client -showcerts` prints it, in base64. `how`: further options. */
export async function openssl(endpoint: string, name: string | null, how: readonly string[] = []): Promise<string[]> {
  const { out } = await start('openssl', [
    ...['s_client', '-connect', endpoint, '-showcerts', '-cipher', 'ALL:@SECLEVEL=0'],
    ...(name === null ? ['-noservername'] : ['-servername', name]),
    ...how,
  ]);
  return inBase64(out);
}

export function inBase64(pem: string): string[] {
  return certificatesOfPem(pem).map((der) => der.toString('base64'));
}
