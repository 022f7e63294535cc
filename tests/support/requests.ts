import { sign } from 'node:crypto';
import { ecKey, oid, sequence, tlv, type Key } from './certificates.ts';

/** What a test wants otherwise than a request for uccx1.example.com by the key of that name. */
export interface Wish {
  readonly commonName?: string;
  /** dNSNames of extensionRequest; null for none. */
  readonly dns?: readonly string[] | null;
  /** extKeyUsage of extensionRequest as object identifiers. */
  readonly purposes?: readonly string[];
  readonly key?: Key;
  /** Changes the signature after it was made. */
  readonly tampered?: boolean;
}

/** A certification request (RFC 2986), written out by hand as a second opinion. */
export function request({
  commonName = 'uccx1.example.com',
  dns = [commonName],
  purposes,
  key,
  tampered = false,
}: Wish = {}): Buffer {
  const { publicKey, privateKey } = key ?? ecKey(commonName);
  if (privateKey === undefined) throw new Error('a request is signed by its own key');
  const name = sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(commonName)))));
  const names = sequence(...(dns ?? []).map((each) => tlv(0x82, Buffer.from(each))));
  const extensions = [
    ...(dns === null ? [] : [sequence(oid('2.5.29.17'), tlv(0x04, names))]),
    ...(purposes === undefined ? [] : [sequence(oid('2.5.29.37'), tlv(0x04, sequence(...purposes.map(oid))))]),
  ];
  const attribute = sequence(oid('1.2.840.113549.1.9.14'), tlv(0x31, sequence(...extensions)));
  const info = sequence(
    tlv(0x02, Buffer.from([0])),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa0, ...(extensions.length === 0 ? [] : [attribute])),
  );
  const signature = sign('sha256', info, privateKey);
  if (tampered) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const algorithm =
    publicKey.asymmetricKeyType === 'rsa'
      ? sequence(oid('1.2.840.113549.1.1.11'), tlv(0x05))
      : sequence(oid('1.2.840.10045.4.3.2'));
  return sequence(info, algorithm, tlv(0x03, Buffer.from([0]), signature));
}

/** A request as PEM. */
export function requestPem(wish: Wish = {}): string {
  const lines =
    request(wish)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
}
