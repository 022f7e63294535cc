import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import type { Certificate } from '#x509/certificate.ts';

const titles: Readonly<Record<string, string>> = {
  'Subject Key Identifier': '2.5.29.14',
  'Key Usage': '2.5.29.15',
  'Subject Alternative Name': '2.5.29.17',
  'Basic Constraints': '2.5.29.19',
  'Authority Key Identifier': '2.5.29.35',
  'Extended Key Usage': '2.5.29.37',
  'Authority Information Access': '1.3.6.1.5.5.7.1.1',
};
/** How openssl calls the key usages. */
export const usages: Readonly<Record<string, string>> = {
  'Digital Signature': 'digitalSignature',
  'Non Repudiation': 'nonRepudiation',
  'Key Encipherment': 'keyEncipherment',
  'Data Encipherment': 'dataEncipherment',
  'Key Agreement': 'keyAgreement',
  'Certificate Sign': 'keyCertSign',
  'CRL Sign': 'cRLSign',
  'Encipher Only': 'encipherOnly',
  'Decipher Only': 'decipherOnly',
};
const purposes: Readonly<Record<string, string>> = {
  'TLS Web Server Authentication': '1.3.6.1.5.5.7.3.1',
  'TLS Web Client Authentication': '1.3.6.1.5.5.7.3.2',
  'Any Extended Key Usage': '2.5.29.37.0',
};
const keyTypes: Readonly<Record<string, string>> = { rsaEncryption: 'rsa', 'id-ecPublicKey': 'ec', ED25519: 'ed25519' };
const hashes: Readonly<Record<string, string>> = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384' };

/** An address as everybody writes it: openssl writes IPv6 in full. */
export const canonical = (address: string): string =>
  new URL(`http://${address.includes(':') ? `[${address}]` : address}`).hostname;

/** The fields of a certificate as `openssl x509 -text` tells them, brought into our words. */
export function asOpensslTells(der: Uint8Array): Omit<
  Certificate,
  'sha256' | 'der' | 'subjectName' | 'issuerName' | 'nameConstraints' | 'policies' | 'crlUrls' | 'serialOctets'
> & {
  fingerprint: string;
} {
  const names = ['-nameopt', 'sname,utf8,sep_comma_plus_space,esc_2253'];
  const options = [
    'x509',
    '-inform',
    'der',
    '-noout',
    '-text',
    '-serial',
    '-fingerprint',
    '-sha256',
    '-startdate',
    '-enddate',
    '-dateopt',
    'iso_8601',
    '-pubkey',
    ...names,
  ];
  const text = execFileSync('openssl', options, { input: der, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  const field = (pattern: RegExp): string | null => pattern.exec(text)?.[1]?.trim() ?? null;
  const date = (name: string): Date => new Date((field(new RegExp(`^${name}=(.*)$`, 'm')) ?? '').replace(' ', 'T'));
  const subject = field(/^ +Subject:(.*)$/m) ?? '';
  const extensions = [...text.matchAll(/^ {12}(?:X509v3 )?([^ :\n][^:\n]*): ?(critical)?\n +(.*)$/gm)].map(
    ([, name = '', critical, value = '']) => ({
      oid: titles[name] ?? name,
      critical: critical !== undefined,
      value,
    }),
  );
  const value = (id: string): string | null => extensions.find((extension) => extension.oid === id)?.value ?? null;
  const list = (id: string): readonly string[] | null => value(id)?.split(', ') ?? null;
  const of = (kind: string): string[] =>
    (list('2.5.29.17') ?? []).filter((name) => name.startsWith(kind)).map((name) => name.slice(kind.length));
  const identifier = (id: string): string | null => value(id)?.replaceAll(':', '').toLowerCase() ?? null;
  const constraints = value('2.5.29.19');
  const pathLength = /pathlen:(\d+)/.exec(constraints ?? '')?.[1];
  const type = field(/Public Key Algorithm: (.*)/) ?? '';
  const curve = field(/ASN1 OID: (.*)/);
  const bits = field(/Public-Key: \((\d+) bit/);
  const algorithm = field(/Signature Algorithm: (.*)/) ?? '';
  const hash = field(/Hash Algorithm: (\w+)/) ?? /sha\d+/i.exec(algorithm)?.[0].toLowerCase();
  const name = { rsassaPss: 'RSASSA-PSS', ED25519: 'Ed25519' }[algorithm] ?? algorithm;
  return {
    fingerprint: (field(/Fingerprint=(.*)/) ?? '').replaceAll(':', '').toLowerCase(),
    version: Number(field(/^ +Version: (\d+)/m)),
    serialNumber: field(/^serial=(.*)$/m) ?? '',
    subject,
    issuer: field(/^ +Issuer:(.*)$/m) ?? '',
    commonNames: subject
      .split(', ')
      .filter((part) => part.startsWith('CN='))
      .map((part) => part.slice(3)),
    notBefore: date('notBefore'),
    notAfter: date('notAfter'),
    subjectPublicKeyInfo: Buffer.from(field(/-----BEGIN PUBLIC KEY-----([^-]*)-----END/) ?? '', 'base64').toString(
      'hex',
    ),
    publicKey: { type: keyTypes[type] ?? type, bits: bits === null ? null : Number(bits), curve },
    signatureAlgorithm: {
      oid: expect.any(String) as string,
      name,
      hash: hash === undefined ? null : (hashes[hash] ?? hash),
    },
    extensions: extensions.map(({ oid, critical }) => ({ oid, critical })),
    subjectAltName:
      value('2.5.29.17') === null
        ? null
        : {
            dns: of('DNS:'),
            ip: of('IP Address:').map(canonical),
            others: (list('2.5.29.17') ?? []).filter((name) => !/^(DNS|IP Address):/.test(name)).length,
          },
    basicConstraints:
      constraints === null
        ? null
        : { ca: constraints.includes('CA:TRUE'), pathLength: pathLength === undefined ? null : Number(pathLength) },
    keyUsage: list('2.5.29.15')?.map((name) => usages[name] ?? name) ?? null,
    extKeyUsage: list('2.5.29.37')?.map((name) => purposes[name] ?? name) ?? null,
    subjectKeyIdentifier: identifier('2.5.29.14'),
    authorityKeyIdentifier: identifier('2.5.29.35'),
    caIssuersUrls: [...text.matchAll(/CA Issuers - URI:(.*)$/gm)].map(([, url = '']) => url),
  };
}
