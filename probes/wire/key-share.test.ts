import { expect, test } from 'vitest';
import { Malformation } from './bytes.ts';
import { shareOf, usualShare } from './key-share.ts';

test.each([0x001d, 0x0017, 0x0018, 0x0019])('two shares of group %i agree on one secret', (group) => {
  const [one, other] = [shareOf(group)!, shareOf(group)!];
  expect(one.secretWith(other.publicKey)).toEqual(other.secretWith(one.publicKey));
});

// RFC 8446 section 7.4.2; thrown at a peer's bytes, anything but a malformation would end the process.
test.each([
  ['of small order', Buffer.alloc(32)],
  ['of small order too', Buffer.from([1, ...Buffer.alloc(31)])],
  ['too short', Buffer.alloc(31, 9)],
])('a share that is %s is a malformation', (_what, peer) => {
  expect(() => usualShare().secretWith(peer)).toThrow(Malformation);
});
