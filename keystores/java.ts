import { hash, timingSafeEqual } from 'node:crypto';
import type { FileContents } from '#model/certificate-file.ts';
import { Gathering, type Reading } from './contents.ts';
import { opensJavaKey, utf16 } from './java-key.ts';

const magic = { 0xfeedfeed: 'JKS', 0xcececece: 'JCEKS' } as const;

/** A chain is a few certificates; the bound keeps a hostile count from costing time. */
const longestChain = 100;
const mostEntries = 20_000;
/** Key passwords are tried entry by entry, JCEKS with 200 000 rounds each: no store has more keys than this. */
const mostKeysTried = 16;

/** The format by the first four octets, or null. */
export function javaFormat(bytes: Uint8Array): 'JKS' | 'JCEKS' | null {
  const first = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return first === 'feedfeed' ? magic[0xfeedfeed] : first === 'cececece' ? magic[0xcececece] : null;
}

/** Reads octets from the front, and never past the end. */
class Cursor {
  readonly #bytes: Buffer;
  place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.place) throw new Error('the file ends in the middle of an entry');
    this.place += length;
    return this.#bytes.subarray(this.place - length, this.place);
  }

  count(most: number): number {
    const count = this.take(4).readUInt32BE();
    if (count > most) throw new Error(`a count of ${String(count)}, more than any key store has`);
    return count;
  }

  /** DataOutput.writeUTF: a length of two octets, then a UTF-8 of Java's own that differs in NUL and beyond the BMP only. */
  text(): string {
    return this.take(this.take(2).readUInt16BE()).toString('utf8');
  }

  /** Milliseconds since 1970; null for what is no time. */
  instant(): string | null {
    const time = new Date(Number(this.take(8).readBigInt64BE()));
    return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 || time.getUTCFullYear() < 1
      ? null
      : time.toISOString();
  }

  before(): Buffer {
    return this.#bytes.subarray(0, this.place);
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.place);
  }
}

/**
 * Reads a JKS or JCEKS file: aliases, dates and certificates need no password. With it the integrity value and every key are
 * tried. The layout is that of sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore.
 */
export function readJavaKeystore(bytes: Uint8Array, format: 'JKS' | 'JCEKS', password: string | null): Reading {
  const gathering = new Gathering();
  const cursor = new Cursor(bytes);
  let entry = 0;
  try {
    cursor.take(4);
    const version = cursor.count(2);
    const entries = cursor.count(mostEntries);
    const certificate = (): ReturnType<Gathering['certificate']> => {
      // Version 1 leaves the type out; it is X.509 ever since.
      if (version === 2) cursor.text();
      return gathering.certificate(cursor.take(cursor.count(bytes.length)));
    };
    for (let tried = 0; entry < entries; entry += 1) {
      const sort = cursor.count(3);
      const alias = cursor.text();
      const created = cursor.instant();
      if (sort === 1) {
        const sealed = cursor.take(cursor.count(bytes.length));
        const isTried = password !== null && tried < mostKeysTried;
        if (isTried) tried += 1;
        const key = isTried ? opensJavaKey(sealed, password) : 'not-tried';
        const chain = Array.from({ length: cursor.count(longestChain) }, certificate);
        gathering.parts.push({ holds: 'key-entry', alias, created, chain, key });
      } else if (sort === 2) {
        gathering.parts.push({ holds: 'trusted-entry', alias, created, certificate: certificate() });
      } else {
        throw new Error(`it is a secret key (${alias}), whose length the file does not say`);
      }
    }
    return gathering.reading({ format, integrity: integrityOf(cursor, password) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    gathering.parts.push({
      holds: 'broken',
      where: `entry ${String(entry + 1)}`,
      reason: `${reason}; what follows was not read`,
    });
    return gathering.reading({ format });
  }
}

/** The last 20 octets are SHA-1 over the password, a text of Java's authors, and all that stands before. */
function integrityOf(cursor: Cursor, password: string | null): FileContents['integrity'] {
  const written = cursor.rest();
  if (written.length !== 20) throw new Error(`${String(written.length)} octets in place of an integrity value of 20`);
  if (password === null) return 'not-checked';
  const computed = hash(
    'sha1',
    Buffer.concat([utf16(password), Buffer.from('Mighty Aphrodite'), cursor.before()]),
    'buffer',
  );
  return timingSafeEqual(computed, written) ? 'verified' : 'refused';
}
