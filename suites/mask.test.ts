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

test('what hides no secret stays as it is, byte by byte', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  expect(mask.bytes(bytes)).toEqual(bytes);
  expect(mask.text('Basic YWdlbnQxOm90aGVy and größer')).toBe('Basic YWdlbnQxOm90aGVy and größer');
});
