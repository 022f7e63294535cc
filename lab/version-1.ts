import { sign } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, Version } from '@peculiar/asn1-x509';
import type { KeyObject } from 'node:crypto';

const hashes = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384' } as const;

/** The same certificate as it was before version 3: without extensions (RFC 5280 section 4.1.2.1), signed anew. */
export function asVersion1(der: ArrayBuffer, signer: KeyObject, hash: keyof typeof hashes): Buffer {
  const certificate = AsnConvert.parse(der, Certificate);
  const { tbsCertificate } = certificate;
  tbsCertificate.version = Version.v1;
  delete tbsCertificate.extensions;
  delete certificate.tbsCertificateRaw;
  const signed = Buffer.from(AsnConvert.serialize(tbsCertificate));
  certificate.signatureValue = new Uint8Array(sign(hashes[hash], signed, signer)).buffer;
  return Buffer.from(AsnConvert.serialize(certificate));
}
