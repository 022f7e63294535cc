import { createECDH } from 'node:crypto';
import { expect, test } from 'vitest';
import { Malformation } from './bytes.ts';
import { shareOf, usualShare } from './key-share.ts';

test.each([0x001d, 0x0017, 0x0018, 0x0019])('two shares of group %i agree on one secret', (group) => {
  const [one, other] = [shareOf(group)!, shareOf(group)!];
  expect(one.secretWith(other.publicKey)).toEqual(other.secretWith(one.publicKey));
});

// Thrown at a peer's bytes, anything but a malformation would end the process.
test.each([
  // RFC 8446 section 7.4.2.
  ['of small order', 0x001d, Buffer.alloc(32)],
  ['of small order too', 0x001d, Buffer.from([1, ...Buffer.alloc(31)])],
  ['too short', 0x001d, Buffer.alloc(31, 9)],
  // Section 4.2.8.2: a point in another form, on another curve, or of coordinates that are none.
  ['too short a point', 0x0017, Buffer.from([4, ...Buffer.alloc(63)])],
  ['compressed', 0x0017, Buffer.from([2, ...Buffer.alloc(64)])],
  ['on no such curve', 0x0017, Buffer.from([4, ...Buffer.alloc(64, 7)])],
  ['beyond the prime', 0x0017, Buffer.from([4, ...Buffer.alloc(64, 0xff)])],
  ['of another curve', 0x0018, Buffer.from([4, ...Buffer.alloc(96, 7)])],
])('a share that is %s is a malformation', (_what, group, peer) => {
  expect(() => shareOf(group)!.secretWith(peer)).toThrow(Malformation);
});

test('the usual share, whose private key is one, agrees with OpenSSL', () => {
  const server = createECDH('prime256v1');
  const half = server.generateKeys();
  expect(usualShare.secretWith(half)).toEqual(server.computeSecret(usualShare.publicKey));
});
