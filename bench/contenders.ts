import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serverName, type Authority } from './keys.ts';
import { KeptRun } from '#model/kept-run.ts';

/** The same endpoints as each program wants them. */
export interface Fleet {
  readonly count: number;
  readonly port: number;
  /** Lines host:port. */
  readonly plain: string;
  /** Lines host:port server-name. */
  readonly named: string;
  /** Lines of addresses. */
  readonly hosts: string;
}

export interface Contender {
  readonly name: string;
  /** More endpoints than this are not worth the wait. */
  readonly most: number;
  readonly command: (fleet: Fleet, authority: Authority) => readonly string[];
}

/** As its users start it: by its first line. The built package where nothing else is asked, since that is what people install. */
export const main = resolve(import.meta.dirname, '..', process.env['UCCERT_MAIN'] ?? 'dist/cli/uccert.js');

const scan = (fleet: Fleet, { root }: Authority): string[] => [
  ...[main, 'scan', '--targets', fleet.named, '--anchors', root],
];

/** The measure of all: one process per endpoint, as administrators script it. */
export const openssl: Contender = {
  name: 'xargs -P4 openssl s_client',
  most: Infinity,
  command: ({ plain }, { root }) => [
    ...['xargs', '-a', plain, '-P4', '-I{}', 'openssl', 's_client', '-connect', '{}'],
    ...['-CAfile', root, '-no-CApath', '-no-CAstore', '-showcerts'],
  ],
};

/** A compiled client, where there is a compiler for it. */
export function compiledClient(folder: string): Contender | null {
  const program = join(folder, 'client');
  const source = join(import.meta.dirname, 'client.go');
  const { error, status, stderr } = spawnSync('go', ['build', '-o', program, source], { encoding: 'utf8' });
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(stderr);
  return {
    name: 'Go',
    most: Infinity,
    command: ({ named }, { root }) => [program, named, root],
  };
}

export const contenders: readonly Contender[] = [
  openssl,
  { name: 'uccert scan', most: Infinity, command: scan },
  { name: 'uccert scan --deep', most: Infinity, command: (...given) => [...scan(...given), '--deep'] },
  {
    name: 'nmap --script ssl-cert',
    most: 1000,
    command: ({ hosts, port }) => ['nmap', '-n', '-Pn', '-p', String(port), '--script', 'ssl-cert', '-iL', hosts],
  },
  { name: 'sslscan', most: 100, command: ({ plain }) => ['sslscan', `--targets=${plain}`, '--show-certificate'] },
];

/** Throws unless the run kept in this state folder saw the whole list at every endpoint, with the key proved, and judged it: a fast scan that skips is none. */
export function assertWhole(state: string, endpoints: number): void {
  const runs = join(state, 'runs');
  const last = readdirSync(runs).sort().at(-1) ?? '';
  const { observations, findings } = KeptRun.parse(JSON.parse(readFileSync(join(runs, last, 'run.json'), 'utf8')));
  const lists = observations.filter(
    (seen) => seen.kind === 'certificate-list' && seen.outcome === 'recorded' && seen.value.certificates.length === 2,
  ).length;
  const proved = observations.filter(
    (seen) => seen.kind === 'tls-handshake' && seen.outcome === 'recorded' && seen.value.key === 'proved',
  ).length;
  const judged = findings.filter(
    ({ fault, verdict }) => fault === 'untrusted-issuer' && verdict.status === 'absent',
  ).length;
  if (lists !== endpoints || proved !== endpoints || judged !== endpoints)
    throw new Error(
      `of ${String(endpoints)} endpoints ${String(lists)} lists were seen, ${String(proved)} keys proved, ${String(judged)} judged trusted by ${serverName}'s root`,
    );
}
