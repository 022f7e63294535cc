import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { certificatesOfPem } from '#model/pem.ts';

/** What a browser on Linux, or Firefox anywhere, trusts beside its built-in list. DER. */
export interface NssTrust {
  /** Flag `C`: may issue for servers. */
  readonly anchors: readonly Buffer[];
  /** Flag `P`: this certificate of a server, and no other. */
  readonly accepted: readonly Buffer[];
}

/** `name   CT,C,c`: the nickname, and the flags for servers, mail and programs. */
const listed = /^(.+?)\s+([a-zA-Z]*),[a-zA-Z]*,[a-zA-Z]*\s*$/;
const timeout = 30_000;

/** Whether a folder holds an NSS database of the present kind (`cert9.db`). */
export function isNssStore(folder: string): boolean {
  return existsSync(join(folder, 'cert9.db'));
}

/** Reads an NSS database with certutil of NSS (`certutil -L`, public part: no password is asked). Changes nothing. */
export function readNssStore(folder: string): NssTrust | ProbeFailure {
  try {
    const flags = new Map<string, string[]>();
    for (const line of certutil(folder).split('\n')) {
      const [, name, servers] = listed.exec(line) ?? [];
      if (name !== undefined && servers !== undefined) flags.set(name, [...(flags.get(name) ?? []), servers]);
    }
    // Several certificates may have one nickname: it counts as trusted where all of them are.
    const named = (flag: string): Buffer[] =>
      [...flags].flatMap(([name, of]) =>
        of.every((servers) => servers.includes(flag)) ? certificatesOfPem(certutil(folder, '-n', name, '-a')) : [],
      );
    return { anchors: named('C'), accepted: named('P') };
  } catch (error) {
    return failureOf(error, folder);
  }
}

function certutil(folder: string, ...more: readonly string[]): string {
  return execFileSync('certutil', ['-L', '-d', `sql:${folder}`, ...more], {
    encoding: 'utf8',
    timeout,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function failureOf(error: unknown, folder: string): ProbeFailure {
  const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isAbsent
    ? {
        reason: 'file-unreadable',
        message: `${folder}: certutil of NSS, which reads the store of a browser, is not installed`,
        todo: 'Install it: apt-get install libnss3-tools, or dnf install nss-tools.',
      }
    : {
        reason: 'file-unreadable',
        message: `${folder}: ${messageOf(error).split('\n').slice(0, 2).join(' ')}`,
        todo: 'Try it by hand: certutil -L -d sql:FOLDER. Close the browser that has it open.',
      };
}
