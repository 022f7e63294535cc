import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { toPem } from '#model/pem.ts';
import { asOpensslTells, canonical, usages } from '#tests/support/as-openssl-tells.ts';
import { accessTo, authority, certificate, ecKey, oid, sequence, tlv } from '#tests/support/certificates.ts';
import {
  certificateTitle,
  isReadable,
  isSelfSigned,
  isSignedBy,
  readCertificate,
  type Certificate,
} from './certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-certificate-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function openssl(input: Uint8Array | null, ...options: readonly string[]): Buffer {
  return execFileSync('openssl', options, { cwd: folder, input: input ?? '', stdio: ['pipe', 'pipe', 'pipe'] });
}

function read(der: Uint8Array): Certificate {
  const result = readCertificate(der);
  if (!isReadable(result)) throw new Error(result.malformed);
  return result;
}

const newKey = (name: string, ...options: readonly string[]): string => {
  openssl(null, 'genpkey', ...options, '-out', `${name}.pem`);
  return `${name}.pem`;
};
const rsa = newKey('rsa', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
const ec = newKey('ec', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384');
const ed = newKey('ed', '-algorithm', 'ED25519');
const selfSigned = (key: string, ...options: readonly string[]): Buffer =>
  openssl(null, 'req', '-x509', '-key', key, '-days', '30', '-utf8', '-outform', 'der', ...options);
const plain = ['-subj', '/CN=uccx1.example.com'];
const extension = (text: string): readonly string[] => ['-addext', text];

describe('reads what openssl reads', () => {
  test.each([
    {
      name: 'RSA, as a VOS machine makes it',
      der: selfSigned(
        rsa,
        '-subj',
        '/C=US/O=Example/OU=Contact Center/CN=uccx1.example.com/ST=California/L=San Jose',
        ...extension('subjectAltName=DNS:uccx1.example.com'),
        ...extension('keyUsage=digitalSignature,keyEncipherment,dataEncipherment,keyCertSign'),
        ...extension('extendedKeyUsage=serverAuth,clientAuth'),
      ),
    },
    { name: 'SHA-1', der: selfSigned(rsa, ...plain, '-sha1') },
    { name: 'SHA-384', der: selfSigned(rsa, ...plain, '-sha384') },
    { name: 'RSASSA-PSS with SHA-256', der: selfSigned(rsa, ...plain, '-sha256', '-sigopt', 'rsa_padding_mode:pss') },
    {
      name: 'RSASSA-PSS with SHA-1, which is written by leaving it out',
      der: selfSigned(rsa, ...plain, '-sha1', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:20'),
    },
    { name: 'EC P-384', der: selfSigned(ec, ...plain, '-sha384') },
    { name: 'Ed25519', der: selfSigned(ed, ...plain) },
    {
      name: 'version 1, without extensions',
      der: openssl(
        openssl(null, 'req', '-new', '-key', ec, ...plain),
        'x509',
        '-req',
        '-signkey',
        ec,
        '-outform',
        'der',
      ),
    },
    {
      name: 'names of every sort',
      der: selfSigned(
        ec,
        ...plain,
        ...extension(
          'subjectAltName=DNS:xn--bcher-kva.example,DNS:*.example.com,IP:192.0.2.11,IP:2001:db8::b,email:a@example.com,URI:https://example.com/,RID:1.2.3',
        ),
      ),
    },
    { name: 'letters beyond ASCII', der: selfSigned(ec, '-subj', '/C=DE/O=Bücher/CN=Zürich 東京/CN=zwei') },
    {
      name: 'a long serial number with its top bit set',
      der: selfSigned(ec, ...plain, '-set_serial', '0xff112233445566778899aabbccddeeff'),
    },
    { name: 'the serial number 0', der: selfSigned(ec, ...plain, '-set_serial', '0') },
    {
      name: 'every key usage',
      der: selfSigned(ec, ...plain, ...extension(`keyUsage=critical,${Object.values(usages).join(',')}`)),
    },
    {
      name: 'any purpose, critical',
      der: selfSigned(ec, ...plain, ...extension('extendedKeyUsage=critical,anyExtendedKeyUsage')),
    },
    {
      name: 'a path length',
      der: selfSigned(ec, ...plain, ...extension('basicConstraints=critical,CA:TRUE,pathlen:2')),
    },
    { name: 'no CA', der: selfSigned(ec, ...plain, ...extension('basicConstraints=CA:FALSE')) },
    {
      name: 'an extension that nobody knows',
      der: selfSigned(ec, ...plain, ...extension('2.999.1=critical,DER:0500')),
    },
    {
      name: 'the last second that can be written',
      der: certificate({ notAfter: new Date('9999-12-31T23:59:59Z') }).der,
    },
    {
      name: 'either side of the year 2050',
      der: certificate({ notBefore: new Date('2049-12-31T23:59:59Z'), notAfter: new Date('2050-01-01T00:00:00Z') }).der,
    },
    {
      name: 'notBefore after notAfter',
      der: certificate({ notBefore: new Date('2030-01-01'), notAfter: new Date('1950-01-01') }).der,
    },
    { name: 'an authority key identifier', der: certificate({ issuer: authority('Issuing CA') }).der },
    {
      name: 'where the issuer is published, and where it answers for what was revoked',
      der: certificate({
        issuer: authority('Issuing CA'),
        extensions: [
          {
            oid: '1.3.6.1.5.5.7.1.1',
            value: accessTo(
              ['1.3.6.1.5.5.7.48.1', 'http://ocsp.example.com'],
              ['1.3.6.1.5.5.7.48.2', 'http://ca.example.com/issuing.crt'],
              ['1.3.6.1.5.5.7.48.2', 'ldap:///CN=Issuing%20CA,CN=AIA'],
            ),
          },
        ],
      }).der,
    },
    {
      name: 'the same extension twice: the first counts',
      der: certificate({
        extensions: [{ oid: '2.5.29.17', value: sequence(tlv(0x82, Buffer.from('evil.example.com'))) }],
      }).der,
    },
  ])('$name', ({ der }) => {
    const {
      sha256: fingerprint,
      der: kept,
      subjectName,
      issuerName,
      nameConstraints,
      policies,
      crlUrls,
      serialOctets,
      ...fields
    } = read(der);
    expect(Buffer.from(kept)).toEqual(Buffer.from(der));
    expect(BigInt(`0x${serialOctets}`)).toBe(BigInt(`0x${fields.serialNumber}`));
    expect({ isSelfIssued: subjectName === issuerName, nameConstraints, policies, crlUrls }).toEqual({
      isSelfIssued: fields.subject === fields.issuer,
      nameConstraints: null,
      policies: [],
      crlUrls: [],
    });
    const { subjectAltName } = fields;
    const ours = subjectAltName && { ...subjectAltName, ip: subjectAltName.ip.map(canonical) };
    expect({ ...fields, fingerprint, subjectAltName: ours }).toEqual(asOpensslTells(der));
  });
});

describe('reads what a peer may send', () => {
  test('a NUL octet in a dNSName stays where it is', () => {
    const { subjectAltName } = read(certificate({ dns: ['uccx1.example.com\0.example.org'] }).der);
    expect(subjectAltName?.dns).toEqual(['uccx1.example.com\0.example.org']);
  });

  test('two common names, in order', () => {
    expect(read(certificate({ commonName: ['a.example.com', 'b.example.com'] }).der).commonNames).toEqual([
      'a.example.com',
      'b.example.com',
    ]);
  });

  test('a key of an algorithm that nobody knows', () => {
    const known = certificate({ key: ecKey('unknown') });
    const hex = Buffer.from(known.der)
      .toString('hex')
      .replace(oid('1.2.840.10045.2.1').toString('hex'), oid('1.2.840.10045.2.9').toString('hex'));
    expect(read(Buffer.from(hex, 'hex')).publicKey).toEqual({ type: 'unknown', bits: null, curve: null });
  });

  test.each([
    ['a title is the common name', { commonName: ['a', 'b'], dns: ['c'] }, 'a'],
    ['else the first dNSName', { commonName: [], dns: ['c', 'd'] }, 'c'],
    ['a blank one is none', { commonName: ' ', dns: ['c'] }, 'c'],
  ])('%s', (_, shape, expected) => {
    expect(certificateTitle(read(certificate(shape).der))).toBe(expected);
  });

  test('a title is never empty', () => {
    const nameless = read(certificate({ commonName: [], dns: null }).der);
    expect(certificateTitle(nameless)).toBe(nameless.sha256.slice(0, 16));
  });
});

const valid = certificate({ ca: 0, purposes: ['1.3.6.1.5.5.7.3.1'], ip: [[192, 0, 2, 11]] }).der;
const timed = (text: string): Uint8Array => certificate({ notAfter: tlv(0x17, Buffer.from(text)) }).der;

describe('tells why bytes are no certificate', () => {
  test.each([
    ['nothing', Buffer.alloc(0), /no certificate in DER/],
    ['text', Buffer.from('hello'), /no certificate in DER/],
    ['truncated', valid.subarray(0, -1), /no certificate in DER/],
    ['one octet more', Buffer.concat([valid, Buffer.from([0])]), /^1 byte follows/],
    ['two certificates', Buffer.concat([valid, valid]), /bytes follow the certificate$/],
    ['PEM', Buffer.from(toPem(valid)), /not encoded as DER/],
    ['a month that is none', timed('261322000000Z'), /notAfter is no point in time/],
    ['the thirtieth of February', timed('260230000000Z'), /notAfter is no point in time/],
    ['a time without digits', timed('abcdefghijklZ'), /notAfter is no point in time/],
    [
      'no subjectAltName in its extension',
      certificate({ dns: null, extensions: [{ oid: '2.5.29.17', value: Buffer.from('zz') }] }).der,
      /./,
    ],
  ])('%s', (_, der, expected) => {
    const result = readCertificate(der);
    expect(isReadable(result)).toBe(false);
    expect(result).toEqual({ sha256: sha256(der), malformed: expect.stringMatching(expected) as string });
  });
});

describe('throws for nothing that a peer sends', () => {
  const survives = (der: Uint8Array): void => {
    const result = readCertificate(der);
    expect(result.sha256).toBe(sha256(der));
    if (!isReadable(result)) return;
    expect([result.notBefore, result.notAfter].map((date) => Number.isNaN(date.getTime()))).toEqual([false, false]);
    expect(certificateTitle(result)).not.toBe('');
    expect(typeof isSelfSigned(result)).toBe('boolean');
  };

  test('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 300 });
  });

  test('octets changed, left out or put in', () => {
    const change = fc.record({
      at: fc.nat(valid.length - 1),
      gone: fc.integer({ min: 0, max: 3 }),
      put: fc.uint8Array({ maxLength: 3 }),
    });
    const mutated = fc
      .array(change, { minLength: 1, maxLength: 3 })
      .map((changes) =>
        changes.reduce<Uint8Array>(
          (der, { at, gone, put }) => Buffer.concat([der.subarray(0, at), put, der.subarray(at + gone)]),
          valid,
        ),
      );
    fc.assert(fc.property(mutated, survives), { numRuns: 500 });
  });

  test('every single octet changed', () => {
    for (let at = 0; at < valid.length; at += 1) survives(Buffer.from(valid).fill((valid[at] ?? 0) ^ 0x15, at, at + 1));
  });
});

test('a signature is told true or false, and again the same', () => {
  const root = authority('Root CA');
  const [child, issuer, stranger] = [
    certificate({ issuer: root }),
    root,
    authority('Root CA', { key: ecKey('x') }),
  ].map(({ der }) => read(der));
  const answers = (): boolean[] => [issuer, stranger, child].map((by) => isSignedBy(child!, by!));
  expect([answers(), answers()]).toEqual([
    [true, false, false],
    [true, false, false],
  ]);
});

test.each([
  [[0x80, 0x01], '8001'],
  [[0, 0x80], '0080'],
  [[0], '00'],
  [Array.from({ length: 200 }, () => 0x11), '11'.repeat(200)],
])('keeps the octets of the serial number %j', (serial, expected) => {
  expect(read(certificate({ serial }).der).serialOctets).toBe(expected);
  expect(read(certificate({ serial, version: 1 }).der).serialOctets).toBe(expected);
});
