import { openSync } from 'node:fs';
import { chmod, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UsageError } from '#model/errors.ts';
import type { Authority } from './authority.ts';
import type { ClientPc } from './clients.ts';
import { makeFolder, writeCertificates, writeWhole } from './files.ts';
import { labFolder, processFile } from './state.ts';

/** The names of files that the inventory refers to. */
export const passwordFile = 'os-password';
export const peoplePasswordFile = 'people-password';

/** The folder of what scenarios leave for an operator to look at. */
export const leftFiles = 'files';

/** Of the CA of a signed lab. */
export const intermediateFile = 'authority/intermediate.pem';

/** What a lab writes while it is up: its inventory, the files of its PCs and of its CA, and the passwords. */
export class LabFolder {
  readonly path: string;

  constructor(state: string) {
    this.path = labFolder(state);
  }

  get inventoryFile(): string {
    return join(this.path, 'uccert.yaml');
  }

  get rootFile(): string {
    return join(this.path, 'authority', 'root.pem');
  }

  /** Makes the folder, empty of what a lab that was killed left there. Throws `UsageError` where it cannot be written. */
  async make(): Promise<void> {
    try {
      makeFolder(this.path);
      await chmod(this.path, 0o700);
      await this.clear();
      await writeWhole(join(this.path, processFile), `${String(process.pid)}\n`);
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }

  async writePasswords(administrator: string, people: string): Promise<void> {
    await writeWhole(join(this.path, passwordFile), `${administrator}\n`, 0o600);
    await writeWhole(join(this.path, peoplePasswordFile), `${people}\n`, 0o600);
  }

  /** The CA's files, so that an operator can try the whole way from request to reply. */
  async writeAuthority(authority: Authority | null): Promise<void> {
    const chain = authority === null ? [] : [authority.root.certificate, authority.intermediate.certificate];
    await writeCertificates(join(this.path, 'authority', 'chain.pem'), chain);
    for (const name of ['root', 'intermediate'] as const) {
      const file = join(this.path, 'authority', name);
      await writeCertificates(`${file}.pem`, authority === null ? [] : [authority[name].certificate]);
      if (authority === null) continue;
      const key = authority[name].key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      await writeWhole(`${file}.key`, key, 0o600);
    }
  }

  async write(inventory: string, clients: readonly ClientPc[], files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    for (const client of clients) await client.write(this.path);
    await rm(join(this.path, leftFiles), { recursive: true, force: true });
    for (const [name, content] of files) await writeWhole(join(this.path, leftFiles, name), content);
    await writeWhole(this.inventoryFile, inventory);
  }

  /** What it wrote is there while the lab is up, and only then: keys and passwords of a lab that is gone help nobody. */
  async clear(): Promise<void> {
    const written = [
      processFile,
      'uccert.yaml',
      'authority',
      'clients',
      'machines',
      leftFiles,
      passwordFile,
      peoplePasswordFile,
    ];
    await Promise.all(written.map((name) => rm(join(this.path, name), { recursive: true, force: true })));
  }
}

/** The file that takes what the lab's own process says. */
export function logFile(state: string): string {
  return join(labFolder(state), 'lab.log');
}

/** An empty log, open for writing. Throws `UsageError` where the folder cannot be written. */
export function newLog(state: string): number {
  try {
    makeFolder(labFolder(state));
    return openSync(logFile(state), 'w', 0o600);
  } catch (error) {
    throw notWritable(labFolder(state), error);
  }
}

/** Removes what is left when the lab's process ends: a log that says nothing, and a folder that holds nothing. */
export async function leaveNothing(state: string): Promise<void> {
  try {
    if ((await stat(logFile(state))).size === 0) await rm(logFile(state));
    await rmdir(labFolder(state));
  } catch {
    // Whatever else lies there is not the lab's to remove.
  }
}

/** What it means that the lab's folder cannot be made or written. */
function notWritable(path: string, error: unknown): UsageError {
  return new UsageError(
    {
      seen: `The folder of the lab cannot be written: ${path} (${messageOf(error)}).`,
      matters: 'The lab keeps its inventory, its passwords and the key stores of its machines there.',
      todo: 'Give a folder of your own: set $UCCERT_STATE, for example UCCERT_STATE=/tmp/uccert uccert lab up.',
    },
    { cause: error },
  );
}
