import { createHash, hash, X509Certificate, type KeyObject } from 'node:crypto';
import { sha256 } from '../machine.ts';
import { openKey, sealKey, sealKeyOfJks } from './java-key.ts';

export type StoreEntry =
  | { readonly alias: string; readonly created: Date; readonly certificate: X509Certificate }
  | {
      readonly alias: string;
      readonly created: Date;
      readonly chain: readonly X509Certificate[];
      /** EncryptedPrivateKeyInfo as it lies in the file. */
      readonly sealed: Buffer;
    };

/** A key with the certificates that are sent with it. */
export interface StoredIdentity {
  readonly chain: readonly X509Certificate[];
  readonly key: KeyObject;
}

/** Opened keys by the digest of what was sealed and the password: those that keytool writes cost half a second each. */
const opened = new Map<string, KeyObject | null>();

function openedOnce(sealed: Buffer, password: string): KeyObject | null {
  const id = createHash('sha256').update(password).update(sealed).digest('hex');
  const known = opened.get(id);
  if (known !== undefined) return known;
  const key = openKey(sealed, password);
  opened.set(id, key);
  return key;
}

/** A JKS or JCEKS file, read and written as Java does it (sun.security.provider.JavaKeyStore, com.sun.crypto.provider.JceKeyStore). */
export class KeyStoreFile {
  readonly format: 'JKS' | 'JCEKS';
  readonly password: string;
  readonly #entries: Map<string, StoreEntry>;

  constructor(format: 'JKS' | 'JCEKS', password: string, entries: readonly StoreEntry[] = []) {
    this.format = format;
    this.password = password;
    this.#entries = new Map(entries.map((entry) => [entry.alias, entry]));
  }

  /** Reads the file; null where it is no file of this kind, or the password is not its own. */
  static read(bytes: Buffer, password: string): KeyStoreFile | null {
    const magic = bytes.subarray(0, 4).toString('hex');
    if (magic !== 'feedfeed' && magic !== 'cececece') return null;
    if (!integrity(bytes.subarray(0, -20), password).equals(bytes.subarray(-20))) return null;
    try {
      return new KeyStoreFile(magic === 'feedfeed' ? 'JKS' : 'JCEKS', password, entriesOf(bytes));
    } catch {
      return null;
    }
  }

  get entries(): readonly StoreEntry[] {
    return [...this.#entries.values()];
  }

  /** What it holds, alias by alias, certificates as SHA-256 of their DER: for the digest of the lab. */
  get held(): Readonly<Record<string, string | readonly string[]>> {
    return Object.fromEntries(
      this.entries.map((entry) => [
        entry.alias,
        'certificate' in entry
          ? sha256(entry.certificate)
          : [...entry.chain.map(sha256), ...(this.#opens(entry.sealed) ? [] : ['key has another password'])],
      ]),
    );
  }

  trust(alias: string, certificate: X509Certificate, created: Date): void {
    // Java keeps the aliases of these stores in small letters.
    this.#put({ alias: alias.toLowerCase(), created, certificate });
  }

  /** `keyPassword`: that of the key, where it is not that of the store. */
  keep(alias: string, { chain, key }: StoredIdentity, created: Date, keyPassword = this.password): void {
    const seal = this.format === 'JKS' ? sealKeyOfJks : sealKey;
    this.#put({ alias: alias.toLowerCase(), created, chain, sealed: seal(key, keyPassword) });
  }

  /** The same entries in another format, as keytool -importkeystore makes it. Keys that do not open stay behind. */
  as(format: 'JKS' | 'JCEKS'): KeyStoreFile {
    const converted = new KeyStoreFile(format, this.password);
    for (const entry of this.entries) {
      const identity = this.identity(entry.alias);
      if ('certificate' in entry) converted.trust(entry.alias, entry.certificate, entry.created);
      else if (identity !== null) converted.keep(entry.alias, identity, entry.created);
    }
    return converted;
  }

  delete(alias: string): void {
    this.#entries.delete(alias.toLowerCase());
  }

  /** The key entry of an alias; null where there is none, or its key has another password than the store. */
  identity(alias: string): StoredIdentity | null {
    const entry = this.#entries.get(alias.toLowerCase());
    if (entry === undefined || !('chain' in entry)) return null;
    const key = openedOnce(entry.sealed, this.password);
    return key === null || entry.chain.length === 0 ? null : { chain: entry.chain, key };
  }

  /** Keys of JKS files are not opened here: no service takes them. */
  #opens(sealed: Buffer): boolean {
    return this.format === 'JKS' || openedOnce(sealed, this.password) !== null;
  }

  #put(entry: StoreEntry): void {
    this.#entries.set(entry.alias, entry);
  }

  bytes(): Buffer {
    const body = Buffer.concat([
      Buffer.from(this.format === 'JKS' ? 'feedfeed' : 'cececece', 'hex'),
      number(4, 2),
      number(4, this.#entries.size),
      ...this.entries.flatMap((entry) => {
        const head = [
          number(4, 'chain' in entry ? 1 : 2),
          text(entry.alias),
          number(8, BigInt(entry.created.getTime())),
        ];
        if (!('chain' in entry)) return [...head, certificateBytes(entry.certificate)];
        const chain = [number(4, entry.chain.length), ...entry.chain.map(certificateBytes)];
        return [...head, number(4, entry.sealed.length), entry.sealed, ...chain];
      }),
    ]);
    return Buffer.concat([body, integrity(body, this.password)]);
  }
}

function entriesOf(bytes: Buffer): StoreEntry[] {
  let place = 8;
  const take = (length: number): Buffer => bytes.subarray(place, (place += length));
  const count = (): number => {
    const read = take(4).readUInt32BE();
    if (read > bytes.length) throw new RangeError('a count beyond the end of the file');
    return read;
  };
  const textHere = (): string => take(take(2).readUInt16BE()).toString('utf8');
  const certificate = (): X509Certificate => {
    textHere();
    return new X509Certificate(take(count()));
  };
  return Array.from({ length: count() }, (): StoreEntry => {
    const isKey = count() === 1;
    const alias = textHere();
    const created = new Date(Number(take(8).readBigInt64BE()));
    if (!isKey) return { alias, created, certificate: certificate() };
    const sealed = take(count());
    return { alias, created, sealed, chain: Array.from({ length: count() }, certificate) };
  });
}

function number(octets: 2 | 4 | 8, value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - octets);
}

function text(value: string): Buffer {
  return Buffer.concat([number(2, Buffer.byteLength(value)), Buffer.from(value)]);
}

function certificateBytes({ raw }: X509Certificate): Buffer {
  return Buffer.concat([text('X.509'), number(4, raw.length), raw]);
}

function integrity(body: Buffer, password: string): Buffer {
  const secret = Buffer.from(password, 'utf16le').swap16();
  return hash('sha1', Buffer.concat([secret, Buffer.from('Mighty Aphrodite'), body]), 'buffer');
}
