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
  /** Whether there is no such file yet: keytool makes it, and asks for its password twice. */
  readonly isNew: boolean;
}

/** Milliseconds: a start of Java and a key of 2048 bits on a busy machine. */
const withinMs = 180_000;

/**
 * Adds a certificate; the file holds it, DER or PEM. Under an alias without a key it is trusted; under that of a key it is the reply, and
 * the file may hold its chain: keytool has one command for both. Throws `ProbeError`.
 */
export async function importCertificate(store: OpenedKeyStore, alias: string, file: string): Promise<void> {
  await keytool(store, '-importcert', ['-noprompt', '-trustcacerts', '-alias', alias, '-file', file]);
}

/** What a new key pair is for. */
export interface NewKeyPair {
  readonly alias: string;
  /** Common name and dNSName. */
  readonly name: string;
  /** keytool's own 90 days are over before anybody thinks of it. */
  readonly days: number;
}

/** Makes a key pair with a self-signed certificate; the alias must be free. Throws `ProbeError`. */
export async function generateKeyPair(store: OpenedKeyStore, { alias, name, days }: NewKeyPair): Promise<void> {
  const key = ['-keyalg', 'RSA', '-keysize', '2048', '-sigalg', 'SHA256withRSA', '-validity', String(days)];
  const subject = ['-dname', `CN=${name}`, '-ext', `san=dns:${name}`];
  // An empty line: the key has the password of its key store, and services open it with no other.
  await keytool(store, '-genkeypair', ['-alias', alias, ...key, ...subject], ['']);
}

/** Writes a request for the key of an alias into a file. keytool copies no extension of the certificate: the name is said again. */
export async function requestFor(store: OpenedKeyStore, alias: string, name: string, file: string): Promise<void> {
  await keytool(store, '-certreq', ['-alias', alias, '-ext', `san=dns:${name}`, '-file', file]);
}

/** Takes an alias with its key and chain over from another key store, in place of what was there; both have one password. Throws `ProbeError`. */
export async function importKeyPair(from: OpenedKeyStore, into: OpenedKeyStore, alias: string): Promise<void> {
  const entry = ['-noprompt', '-srcalias', alias, '-destalias', alias];
  const source = ['-srckeystore', from.path, '-srcstoretype', from.format];
  const destination = ['-destkeystore', into.path, '-deststoretype', into.format];
  await run(into, '-importkeystore', [...entry, ...source, ...destination], [into.password, from.password]);
}

/** Gives an entry another alias, which must be free. Throws `ProbeError`. */
export async function renameEntry(store: OpenedKeyStore, from: string, to: string): Promise<void> {
  await keytool(store, '-changealias', ['-alias', from, '-destalias', to]);
}

/** Deletes an entry. Throws `ProbeError`. */
export async function deleteEntry(store: OpenedKeyStore, alias: string): Promise<void> {
  await keytool(store, '-delete', ['-alias', alias]);
}

/** Runs keytool on one key store. The kind of store is said where keytool would make another of a file that is not there. */
async function keytool(
  store: OpenedKeyStore,
  verb: string,
  args: readonly string[],
  answers: readonly string[] = [],
): Promise<Ran> {
  const { path, format, password, isNew } = store;
  const type = format === 'JCEKS' ? ['-storetype', format] : [];
  const passwords = isNew ? [password, password] : [password];
  return run(store, verb, [...args, '-keystore', path, ...type], [...passwords, ...answers]);
}

/** The passwords are typed to its questions, with what else it asks: a command line is there for every user of the machine to see. */
async function run(
  { shell, keytool: program, path }: OpenedKeyStore,
  verb: string,
  args: readonly string[],
  answers: readonly string[],
): Promise<Ran> {
  const ran = await shell.run(program, [verb, ...args], answers.map((line) => `${line}\n`).join(''), withinMs);
  if (ran.code === 0) return ran;
  const said = `${ran.out}\n${ran.errors}`;
  if (wrongPassword.test(said))
    throw new ProbeError({
      reason: 'not-authorised',
      as: `the owner of ${path}, with the password that the inventory names for its key store,`,
    });
  const answer = said
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join(' / ');
  // What keytool asks for stands before its answer; the password itself is never printed.
  throw new ProbeError({ reason: 'unexpected-answer', to: `keytool ${verb} of ${path}`, answer: answer.slice(-300) });
}
