import { ProbeError } from '#model/errors.ts';
import { wrongPassword } from './keytool-texts.ts';
import type { Ran, WindowsShell } from './windows.ts';

/** A key store of a machine as keytool is to open it: absolute paths, and its password. */
export interface OpenedKeyStore {
  readonly shell: WindowsShell;
  readonly keytool: string;
  readonly path: string;
  readonly format: 'JCEKS' | 'JKS';
  readonly password: string;
}

/** Milliseconds: a start of Java and a key of 2048 bits on a busy machine. */
const withinMs = 180_000;

/** Adds a trusted certificate; the file holds it, DER or PEM. Throws `ProbeError`. */
export async function importTrusted(store: OpenedKeyStore, alias: string, file: string): Promise<void> {
  await keytool(store, '-importcert', ['-noprompt', '-trustcacerts', '-alias', alias, '-file', file]);
}

/** Deletes an entry. Throws `ProbeError`. */
export async function deleteEntry(store: OpenedKeyStore, alias: string): Promise<void> {
  await keytool(store, '-delete', ['-alias', alias]);
}

/**
 * Runs keytool. The password is typed to its question: a command line is there for every user of the machine to see. `answers` are
 * typed to the questions after it. The kind of store is said where keytool would make another of a file that is not there.
 */
async function keytool(
  { shell, keytool: program, path, format, password }: OpenedKeyStore,
  verb: string,
  args: readonly string[],
  answers: readonly string[] = [],
): Promise<Ran> {
  const type = format === 'JCEKS' ? ['-storetype', format] : [];
  const typed = [password, ...answers].map((line) => `${line}\n`).join('');
  const ran = await shell.run(program, [verb, ...args, '-keystore', path, ...type], typed, withinMs);
  if (ran.code === 0) return ran;
  const said = `${ran.out}\n${ran.errors}`;
  if (wrongPassword.test(said)) throw new ProbeError({ reason: 'not-authorised', as: `the owner of ${path}` });
  const answer = said
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join(' / ');
  // What keytool asks for stands before its answer; the password itself is never printed.
  throw new ProbeError({ reason: 'unexpected-answer', to: `keytool ${verb} of ${path}`, answer: answer.slice(-300) });
}
