import type { FileContents, FilePart } from '#model/certificate-file.ts';
import { sha256 } from '#model/digest.ts';
import { messageOf, ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { readFile } from '#keystores/read-file.ts';
import { Unreadable } from '#keystores/contents.ts';
import { keystoreIn, wrongPassword } from '#transports/keytool-texts.ts';
import type { WindowsShell } from '#transports/windows.ts';
import type { StoreRecord } from './store-record.ts';

/** Where a key store is, and what opens it. */
export interface JavaKeyStore {
  readonly path: string;
  /** keytool of the Java that uses it, for machines that give no files. */
  readonly keytool: string;
  /** Null where nobody knows it: aliases and certificates need none. */
  readonly password: string | null;
}

/**
 * Reads a key store of the machine: the file itself, and where the machine gives no files what its keytool lists. A password is
 * tried once. Null where there is no such file. Throws `ProbeError`.
 */
export async function readJavaKeyStore(
  shell: WindowsShell,
  keystore: JavaKeyStore,
  record: StoreRecord,
): Promise<FileContents | null> {
  const fetched = await shell.fetch(keystore.path);
  switch (fetched.is) {
    case 'no-file':
      return null;
    case 'refused':
      return listed(shell, keystore, record);
    case 'file':
      return read(fetched.bytes, keystore, record);
  }
}

function read(bytes: Buffer, { path, password }: JavaKeyStore, record: StoreRecord): FileContents {
  try {
    const { contents, certificates } = readFile(bytes, password);
    for (const der of certificates.values()) record.keep(der);
    return { ...contents, sha256: sha256(bytes) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new ProbeError(
      { reason: 'file-unreadable', message: `${path}: ${messageOf(error)}`, todo: error.todo },
      { cause: error },
    );
  }
}

async function listed(
  shell: WindowsShell,
  { path, keytool, password }: JavaKeyStore,
  record: StoreRecord,
): Promise<FileContents> {
  // On standard input: a command line is there for every user of the machine to see.
  const { out, errors } = await shell.run(keytool, ['-list', '-rfc', '-keystore', path], `${password ?? ''}\n`);
  if (wrongPassword.test(out) || wrongPassword.test(errors)) throw new ProbeError(notTheOwner(path));
  const shown = keystoreIn(out);
  const format = (['JKS', 'JCEKS', 'PKCS #12'] as const).find((each) => each.replace(' #', '') === shown?.format);
  if (shown === null || format === undefined) {
    throw new ProbeError({
      reason: 'unexpected-answer',
      to: `keytool -list of ${path}`,
      answer: errors.trim().slice(-300),
    });
  }
  const parts = shown.entries.map(({ alias, is, certificates }): FilePart => {
    const chain = certificates.map((der) => record.keep(der));
    const [certificate] = chain;
    if (is === 'key') return { holds: 'key-entry', alias, created: null, chain, key: 'not-tried' };
    if (certificate !== undefined) return { holds: 'trusted-entry', alias, created: null, certificate };
    return { holds: 'broken', where: alias, reason: 'keytool shows no certificate of it' };
  });
  const integrity = password === null ? 'not-checked' : 'verified';
  return { format, labels: [], hasByteOrderMark: false, integrity, parts };
}

/** The password given for a key store is not its own. */
export function notTheOwner(path: string): ProbeFailure {
  return { reason: 'not-authorised', as: `the owner of ${path}` };
}
