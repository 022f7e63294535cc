import { createHash } from 'node:crypto';
import { now, oid, sequence, tlv, type Sent } from './certificates.ts';

/** An entry of a key store as a test wants it. */
export type Entry =
  | { readonly alias: string; readonly chain: readonly Sent[]; readonly keyPassword?: string }
  | { readonly alias: string; readonly trusted: Sent };

const number = (octets: number, value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - octets);
};
const text = (value: string): Buffer => Buffer.concat([number(2, Buffer.byteLength(value)), Buffer.from(value)]);
const wide = (password: string): Buffer => Buffer.from(password, 'utf16le').swap16();
const sha1 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha1').update(Buffer.concat(parts)).digest();

/** Seals some octets as sun.security.provider.KeyProtector does. */
function sealed(password: string): Buffer {
  const key = Buffer.from('in the place of a private key');
  const salt = Buffer.alloc(20, 7);
  const stream = Buffer.concat([sha1(wide(password), salt), sha1(wide(password), sha1(wide(password), salt))]);
  const hidden = key.map((octet, place) => octet ^ (stream[place] ?? 0));
  const octets = Buffer.concat([salt, hidden, sha1(wide(password), key)]);
  return sequence(sequence(oid('1.3.6.1.4.1.42.2.17.1.1'), tlv(0x05)), tlv(0x04, octets));
}

/** A JKS or JCEKS file; keytool's own are compared with in the integration tests. */
export function javaKeystore(format: 'JKS' | 'JCEKS', password: string, entries: readonly Entry[]): Buffer {
  const certificate = ({ der }: Sent): Buffer => Buffer.concat([text('X.509'), number(4, der.length), der]);
  const body = Buffer.concat([
    Buffer.from(format === 'JKS' ? 'feedfeed' : 'cececece', 'hex'),
    number(4, 2),
    number(4, entries.length),
    ...entries.flatMap((entry) => {
      const head = [number(4, 'trusted' in entry ? 2 : 1), text(entry.alias), number(8, now.getTime())];
      if ('trusted' in entry) return [...head, certificate(entry.trusted)];
      const key = sealed(entry.keyPassword ?? password);
      return [...head, number(4, key.length), key, number(4, entry.chain.length), ...entry.chain.map(certificate)];
    }),
  ]);
  return Buffer.concat([body, sha1(wide(password), Buffer.from('Mighty Aphrodite'), body)]);
}
