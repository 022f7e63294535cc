import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sha256 } from '#model/digest.ts';
import { messageOf } from '#model/errors.ts';
import type { Sha256 } from '#model/names.ts';
import { certificatesOfPem } from '#model/pem.ts';

/** The certificates of a PEM file, or what is wrong with it and what to do. */
export function readPemFile(file: string): readonly Buffer[] | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return `${messageOf(error)}; write the file as PEM, or take the line out`;
  }
  const list = certificatesOfPem(text);
  // Nobody has accepted anything yet: an empty file is a list as well.
  if (list.length === 0 && text.trim() !== '') {
    return `${file} holds no PEM certificate; convert it: openssl x509 -inform der -in FILE -out FILE.pem`;
  }
  const unreadable = list.findIndex((der) => !isCertificate(der));
  return unreadable === -1
    ? list
    : `certificate ${String(unreadable + 1)} of ${file} cannot be read; export it again as PEM`;
}

/** Puts a certificate among those of a run, by its digest. */
export function keep(der: Buffer, into: Record<Sha256, string>): Sha256 {
  const digest = sha256(der);
  into[digest] = der.toString('base64');
  return digest;
}

function isCertificate(der: Buffer): boolean {
  try {
    return new X509Certificate(der).raw.equals(der);
  } catch {
    return false;
  }
}
