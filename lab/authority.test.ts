import 'reflect-metadata';
import { ExtendedKeyUsageExtension, X509Certificate as Parsed } from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { daysFrom, issue, newAuthority, newKey, type Identity } from './authority.ts';
import { selfSignedCertificate, signedCertificate } from './certificates.ts';

const now = new Date('2026-11-22T03:15:00.500Z');
const holder = { type: 'UCCX_PUBLISHER', fqdn: 'uccx1.lab.example' } as const;

function parsed({ certificate }: Identity): Parsed {
  return new Parsed(certificate.raw);
}

function extensionsOf(identity: Identity): readonly string[] {
  return parsed(identity).extensions.map(({ type, critical }) => `${type}${critical ? ' critical' : ''}`);
}

describe('a self-signed UCCX certificate has the profile of the real one', async () => {
  const identity = await issue(selfSignedCertificate(holder, now, { key: await newKey() }));
  const { certificate } = identity;

  test('subject and issuer are the same, in the encoded order C, O, OU, CN, ST, L', () => {
    expect(certificate.subject.split('\n').map((part) => part.split('=')[0])).toEqual([
      'C',
      'O',
      'OU',
      'CN',
      'ST',
      'L',
    ]);
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test('RSA 2048 with exponent 65537, SHA-256, a serial of 16 octets', () => {
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n });
    expect(parsed(identity).signatureAlgorithm).toMatchObject({ name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-256' } });
    expect(certificate.serialNumber).toHaveLength(32);
  });

  test('only basicConstraints is critical; a subject key identifier, no authority key identifier', () => {
    expect(extensionsOf(identity)).toEqual(['2.5.29.15', '2.5.29.37', '2.5.29.14', '2.5.29.19 critical', '2.5.29.17']);
  });

  test('CA:TRUE with path length 0, the FQDN as its one name, server and client authentication', () => {
    expect(certificate.ca).toBe(true);
    expect(certificate.subjectAltName).toBe('DNS:uccx1.lab.example');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(parsed(identity).getExtension('2.5.29.19')).toMatchObject({ ca: true, pathLength: 0 });
  });

  test('valid for two years less a second', () => {
    const { validFromDate, validToDate } = certificate;
    expect(validToDate.getTime() - validFromDate.getTime()).toBe(2 * 365 * 86_400_000 - 1000);
  });
});

describe('a signed certificate', async () => {
  const authority = await newAuthority(now);
  const wanted = signedCertificate(holder, now, { key: await newKey(), issuer: authority.intermediate });

  test('is signed by the intermediate, and that by the root', async () => {
    const { certificate } = await issue(wanted);
    expect(certificate.checkIssued(authority.intermediate.certificate)).toBe(true);
    expect(certificate.verify(authority.intermediate.certificate.publicKey)).toBe(true);
    expect(authority.intermediate.certificate.verify(authority.root.certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  test('names its domain and itself', () => {
    expect(wanted.names).toEqual(['lab.example', 'uccx1.lab.example']);
  });

  test('is issued as wanted, however unwise', async () => {
    const unwise = await issue({
      ...wanted,
      key: await newKey({ rsa: 1024 }),
      hash: 'SHA-1',
      names: null,
      extendedKeyUsage: { usages: ['1.3.6.1.5.5.7.3.2'], critical: true },
      extra: [{ oid: '2.999.1', critical: true, value: Buffer.from([5, 0]) }],
      notAfter: daysFrom(now, -1),
    });
    expect(unwise.certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
    expect(parsed(unwise).signatureAlgorithm).toMatchObject({ hash: { name: 'SHA-1' } });
    expect(extensionsOf(unwise)).toEqual(expect.arrayContaining(['2.5.29.37 critical', '2.999.1 critical']));
    expect(parsed(unwise).getExtension(ExtendedKeyUsageExtension)?.usages).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(unwise.certificate.subjectAltName).toBeUndefined();
  });

  test.each(['P-256', 'P-384'] as const)('has a key on the curve %s', async (ec) => {
    const { certificate } = await issue({ ...wanted, key: await newKey({ ec }) });
    expect(certificate.publicKey.asymmetricKeyType).toBe('ec');
    expect(certificate.verify(authority.intermediate.certificate.publicKey)).toBe(true);
  });
});
