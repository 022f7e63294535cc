import { expect, test } from 'vitest';
import { Mask } from './mask.ts';

const secret = 'pä&ss "w0rd';
const mask = new Mask();
mask.add(secret);

test.each([
  ['as it is', `typed ${secret}.`],
  ['in a URL', `?password=${encodeURIComponent(secret)}&x=1`],
  ['in JSON', JSON.stringify({ value: secret })],
  ['in XML', '<password>pä&amp;ss &quot;w0rd</password>'],
  ['in Basic', `Basic ${Buffer.from(`agent1:${secret}`).toString('base64')}`],
  ['in SASL PLAIN', `<auth>${Buffer.from(`agent1@uccx1\0agent1\0${secret}`).toString('base64')}</auth>`],
])('a secret %s is masked', (_how, text) => {
  const masked = mask.text(text);
  expect(masked).toContain('[secret]');
  expect(masked).not.toMatch(/w0rd|dzByZ/);
});

test.each([
  ['in the address of a socket', 'wss://uccx1:12015/socket.io/?token=abcd-1234-efgh&EIO=3', 'and later abcd-1234-efgh'],
  ['in a reply', '{"token":"abcd-1234-efgh"}', '?token=abcd-1234-efgh'],
  ['in a reply that stands in JSON', '{"text":"{\\"access_token\\": \\"abcd-1234-efgh\\"}"}', 'abcd-1234-efgh'],
])('an access token %s is masked, and wherever else it stands', (_where, first, second) => {
  const own = new Mask();
  own.addTokensIn(Buffer.from(first));
  expect(own.text(first)).not.toContain('abcd');
  expect(own.text(second)).toContain('[secret]');
});

test('words beside a token stay', () => {
  const own = new Mask();
  own.addTokensIn(Buffer.from('{"tokens":"none","token":"short"}&pagetoken=abcdefghijk'));
  expect(own.text('none short abcdefghijk')).toBe('none short abcdefghijk');
});

test('what hides no secret stays as it is, byte by byte', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  expect(mask.bytes(bytes)).toEqual(bytes);
  expect(mask.text('Basic YWdlbnQxOm90aGVy and größer')).toBe('Basic YWdlbnQxOm90aGVy and größer');
});
