import { describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { certificate } from '#tests/support/certificates.ts';
import { CertificateBook } from './book.ts';
import { isReadable } from './certificate.ts';

const valid = certificate().der;

describe('a book of certificates', () => {
  const malformed = Buffer.from('no');
  const book = new CertificateBook(
    Object.fromEntries([valid, malformed].map((der) => [sha256(der), Buffer.from(der).toString('base64')])),
  );

  test('reads each once', () => {
    expect(book.get(sha256(valid))).toBe(book.get(sha256(valid)));
  });
  test('keeps what cannot be read, and lists what can', () => {
    expect(isReadable(book.get(sha256(malformed)))).toBe(false);
    expect(book.all().map((each) => each.sha256)).toEqual([sha256(valid)]);
  });
  test('throws for a digest that the record lacks', () => {
    expect(() => book.get(sha256('other'))).toThrow(/does not hold it/);
  });
});
