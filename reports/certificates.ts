import { X509Certificate } from 'node:crypto';
import type { Run } from '#model/run.ts';

/** What reports say about a certificate. Dates as points in time, names as RFC 4514 writes them. */
export interface ReadableCertificate {
  readonly isReadable: true;
  readonly sha256: string;
  readonly commonName: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly issuerCommonName: string | null;
  readonly isSelfIssued: boolean;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Entries of subjectAltName as `DNS:name`, `IP Address:address`. */
  readonly alternativeNames: readonly string[];
  /** `RSA 2048`, `EC P-256`. */
  readonly key: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly pem: string;
}

/** DER that cannot be read: kept, named and shown as what it is. */
export interface UnreadableCertificate {
  readonly isReadable: false;
  readonly sha256: string;
  readonly pem: string;
}

export type CertificateFacts = ReadableCertificate | UnreadableCertificate;

/** Facts of one certificate from its base64 DER. Never throws: a server may send anything. */
export function certificateFacts(sha256: string, base64: string): CertificateFacts {
  const pem = toPem(base64);
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    const { validFromDate: notBefore, validToDate: notAfter } = certificate;
    if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) {
      return { isReadable: false, sha256, pem };
    }
    return {
      isReadable: true,
      sha256,
      commonName: commonName(certificate.subject),
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      issuerCommonName: commonName(certificate.issuer),
      isSelfIssued: certificate.subject === certificate.issuer,
      notBefore,
      notAfter,
      alternativeNames: splitNames(certificate.subjectAltName ?? ''),
      key: keyWords(certificate),
      serialNumber: certificate.serialNumber,
      pem,
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { isReadable: false, sha256, pem };
  }
}

/** Every certificate of a run, read once. */
export function certificatesOf(run: Run): ReadonlyMap<string, CertificateFacts> {
  return new Map(
    Object.entries(run.certificates)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([sha256, base64]) => [sha256, certificateFacts(sha256, base64)]),
  );
}

/** RFC 7468: base64 in lines of 64 characters. */
function toPem(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n');
}

// Types say string, but Node gives undefined for an empty name.
function nameLines(name: string | undefined): readonly string[] {
  return name === undefined || name === '' ? [] : name.split('\n');
}

function oneLine(name: string | undefined): string {
  const lines = nameLines(name);
  return lines.length === 0 ? '(empty)' : lines.join(', ');
}

/** The last commonName, the most specific one, with the escapes of RFC 4514 undone except those of hidden characters. */
function commonName(name: string | undefined): string | null {
  const line = nameLines(name).findLast((part) => part.startsWith('CN='));
  return line === undefined ? null : line.slice(3).replace(/\\([^0-9A-Fa-f])/g, '$1');
}

/** Node quotes an entry that holds a comma or a quote as JSON does. */
function splitNames(names: string): readonly string[] {
  return (names.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).map((name) => name.trim());
}

/** OpenSSL's names to those of FIPS 186-5. */
const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

function keyWords(certificate: X509Certificate): string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  if (type === 'ec') return `EC ${curves[details?.namedCurve ?? ''] ?? details?.namedCurve ?? 'unknown curve'}`;
  return `${(type ?? 'unknown').toUpperCase()} ${details?.modulusLength ?? ''}`.trim();
}
