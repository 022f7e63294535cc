import { CertificateBook } from '#x509/book.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import type { Sha256 } from '#model/names.ts';
import type { Naming } from './basis-difference.ts';

/** Names certificates out of records of SHA-256 to base64 DER, the first that has one. */
export function namedBy(...records: readonly Readonly<Record<string, string>>[]): Naming {
  const books = records.map((record) => ({ record, book: new CertificateBook(record) }));
  return (digest) => {
    const found = books.find(({ record }) => record[digest] !== undefined);
    const certificate = found?.book.get(digest as Sha256);
    return certificate !== undefined && isReadable(certificate) ? certificateTitle(certificate) : null;
  };
}
