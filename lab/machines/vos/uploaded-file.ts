import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { X509Certificates } from '@peculiar/x509';

const pemCertificate = /^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*$/;

/**
 * The certificates of an uploaded file, or null where the machine cannot read it: one certificate in PEM, one in DER, or a
 * PKCS #7 in DER. PKCS #7 in PEM is not supported (Cisco Unified CCX Operating System Administration Guide, 12.5(1)SU3).
 */
export function readUploaded(file: Buffer): readonly X509Certificate[] | null {
  const text = file.toString('latin1').trim();
  if (text.startsWith('-----')) return pemCertificate.test(text) ? readOne(text) : null;
  // DER of either kind is a SEQUENCE; anything before it, a byte order mark too, makes the file another.
  return file[0] === 0x30 ? (readOne(file) ?? readChain(file)) : null;
}

function readOne(file: Buffer | string): readonly X509Certificate[] | null {
  return attempt(() => [new X509Certificate(file)]);
}

function readChain(file: Buffer): readonly X509Certificate[] | null {
  const read = attempt(() =>
    [...new X509Certificates(new Uint8Array(file))].map(({ rawData }) => new X509Certificate(Buffer.from(rawData))),
  );
  return read === null || read.length === 0 ? null : read;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
