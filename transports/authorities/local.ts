import 'reflect-metadata';
import { randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as Issued,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { toPem } from '#model/pem.ts';
import type { CertificationAuthority } from './authority.ts';

/** An authority whose key is a file. */
export interface LocalAccess {
  /** Reads the keys of its file, each time anew: a key is in memory only while it signs. */
  readonly keys: () => readonly KeyObject[];
  /** DER; one of them is for the key. */
  readonly chain: readonly Uint8Array[];
  /** Validity of what it issues, days; never past the issuer's own. */
  readonly days: number;
}

const { digitalSignature, keyEncipherment, dataEncipherment } = KeyUsageFlags;

/**
 * Signs requests itself, for laboratories and small internal authorities: the names of the request, or the machine's own where it asks
 * for none, and what a tomcat certificate needs: server and client authentication (requirement C02: the template of
 * the guide on CA-signed certificates has both).
 */
export function localAuthority({ keys, chain, days }: LocalAccess): CertificationAuthority {
  const open = (): { key: KeyObject; issuer: X509Certificate } => {
    const issuers = chain.map((der) => new X509Certificate(der));
    for (const key of keys()) {
      const issuer = issuers.find((candidate) => candidate.checkPrivateKey(key));
      if (issuer !== undefined) return { key, issuer };
    }
    throw new Error('no certificate of the chain is for the key of the authority');
  };
  return {
    async ask({ der, fqdn }) {
      const { key, issuer } = open();
      const request = new Pkcs10CertificateRequest(new Uint8Array(der));
      if (!(await request.verify())) throw new Error('the request is not signed with its own key');
      const asked = request.extensions.find((extension) => extension instanceof SubjectAlternativeNameExtension);
      const issuerCertificate = new Issued(new Uint8Array(issuer.raw));
      const signingAlgorithm = algorithmOf(key);
      const now = Math.floor(Date.now() / 1000) * 1000;
      const certificate = await X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: request.subjectName.toJSON(),
        issuer: issuerCertificate.subjectName.toJSON(),
        notBefore: new Date(now),
        notAfter: new Date(Math.min(now + days * 86_400_000, issuer.validToDate.getTime())),
        signingAlgorithm,
        publicKey: request.publicKey,
        signingKey: key.toCryptoKey(signingAlgorithm, false, ['sign']) as CryptoKey,
        extensions: [
          asked ?? new SubjectAlternativeNameExtension([{ type: 'dns', value: fqdn }]),
          new KeyUsagesExtension(digitalSignature | keyEncipherment | dataEncipherment, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
          new BasicConstraintsExtension(false),
          await SubjectKeyIdentifierExtension.create(request.publicKey),
          await AuthorityKeyIdentifierExtension.create(issuerCertificate.publicKey),
        ],
      });
      return { status: 'answered', file: Buffer.from(toPem(Buffer.from(certificate.rawData))) };
    },
    reach: () => {
      open();
      return Promise.resolve();
    },
  };
}

function algorithmOf(key: KeyObject): { name: string; hash: string; namedCurve?: string } {
  if (key.asymmetricKeyType !== 'ec') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const is384 = key.asymmetricKeyDetails?.namedCurve === 'secp384r1';
  return { name: 'ECDSA', namedCurve: is384 ? 'P-384' : 'P-256', hash: is384 ? 'SHA-384' : 'SHA-256' };
}

/** Sixteen random octets, positive, so that DER needs no octet more (RFC 5280 section 4.1.2.2). */
function serialNumber(): string {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets.toString('hex');
}
