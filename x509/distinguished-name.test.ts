import { describe, expect, test } from 'vitest';
import { nameOf, certificate } from '#tests/support/certificates.ts';
import { isReadable, readCertificate } from './certificate.ts';
import { isBelow } from './distinguished-name.ts';

const utf8 = 0x0c;
const printable = 0x13;

function canonical(...attributes: Parameters<typeof nameOf>): string {
  const read = readCertificate(certificate({ subject: nameOf(...attributes) }).der);
  if (!isReadable(read)) throw new Error(read.malformed);
  return read.subjectName;
}

const country = '2.5.4.6';
const organisation = '2.5.4.10';
const commonName = '2.5.4.3';
const plain = canonical([organisation, 'Example Corp'], [commonName, 'Issuing CA']);

describe('two names', () => {
  test.each([
    ['of other string types', canonical([organisation, 'Example Corp', printable], [commonName, 'Issuing CA', utf8])],
    ['in other case', canonical([organisation, 'EXAMPLE corp'], [commonName, 'issuing ca'])],
    ['with other blanks', canonical([organisation, ' Example   Corp '], [commonName, 'Issuing CA'])],
  ])('%s are equal', (_, other) => {
    expect(other).toBe(plain);
  });

  test.each([
    ['of another value', canonical([organisation, 'Example Corp'], [commonName, 'Issuing CA 2'])],
    ['of another type', canonical([commonName, 'Example Corp'], [organisation, 'Issuing CA'])],
    ['in another order', canonical([commonName, 'Issuing CA'], [organisation, 'Example Corp'])],
    ['with an RDN more', canonical([country, 'NO'], [organisation, 'Example Corp'], [commonName, 'Issuing CA'])],
    ['written as one', canonical([organisation, 'Example Corp\nCN=Issuing CA'])],
    ['without blanks', canonical([organisation, 'ExampleCorp'], [commonName, 'Issuing CA'])],
  ])('%s are not', (_, other) => {
    expect(other).not.toBe(plain);
  });
});

test.each([
  ['itself', plain, true],
  ['its beginning', canonical([organisation, 'Example Corp']), true],
  ['nothing', '', true],
  ['part of an RDN', canonical([organisation, 'Example']), false],
  ['another', canonical([organisation, 'Sample Corp']), false],
])('a name lies below %s: %s %s', (_, base, expected) => {
  expect(isBelow(plain, base)).toBe(expected);
});
