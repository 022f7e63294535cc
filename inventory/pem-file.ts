import { readFileSync } from 'node:fs';
import { sha256 } from '#model/digest.ts';
import { messageOf, UsageError } from '#model/errors.ts';
import type { Sha256 } from '#model/names.ts';
import { certificatesOfPem } from '#model/pem.ts';

/**
 * The certificates of a PEM file, by digest; their DER goes into `into` as base64. `named` says who names the file, for the message
 * when it cannot be read or holds no certificate. An empty file is an empty list.
 */
export function readPemFile(file: string, named: string, into: Record<Sha256, string>): Sha256[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      {
        seen: `${named} names the certificates ${file}, which cannot be read: ${messageOf(error)}`,
        matters: 'Trust would be judged by a list that is not the list of the PCs.',
        todo: 'Write the file as PEM, or name another.',
      },
      { cause: error },
    );
  }
  const list = certificatesOfPem(text);
  if (list.length === 0 && text.trim() !== '') {
    throw new UsageError({
      seen: `${file} holds no PEM certificate.`,
      matters: 'Trust would be judged by an empty list.',
      todo: 'Convert it: openssl x509 -inform der -in FILE -out FILE.pem',
    });
  }
  return list.map((der) => {
    const digest = sha256(der);
    into[digest] = der.toString('base64');
    return digest;
  });
}
