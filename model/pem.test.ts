import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certificatesOfPem, toPem } from './pem.ts';

test('what is written is read again, several in order', () => {
  const ders = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 4 });
  fc.assert(
    fc.property(ders, (list) => {
      expect(certificatesOfPem(list.map(toPem).join(''))).toEqual(list.map((der) => Buffer.from(der)));
    }),
  );
});

test('lines have 64 characters, and the last one ends', () => {
  const lines = toPem(new Uint8Array(100)).split('\n');
  expect(lines.map(({ length }) => length)).toEqual([27, 64, 64, 8, 25, 0]);
});

const block = toPem(Buffer.from('certificate'));

test.each([
  ['CRLF', block.replaceAll('\n', '\r\n'), 1],
  ['a byte order mark', `\uFEFF${block}`, 1],
  ['text around it', `subject=CN = a\n${block}\nissuer=CN = b\n${block}`, 2],
  ['no line feed at the end', block.trimEnd(), 1],
  ['one line', block.replaceAll('\n', ''), 1],
  ['a key besides', `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${block}`, 1],
  ['a block without an end', block.replace('-----END CERTIFICATE-----', ''), 0],
  ['a block inside which another begins', `-----BEGIN CERTIFICATE-----\n${block}`, 1],
  ['a certification request', block.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'), 0],
  ['nothing', '', 0],
])('reads a text with %s', (_, text, expected) => {
  const list = certificatesOfPem(text);
  expect(list.map(String)).toEqual(Array(expected).fill('certificate'));
});
