import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { md4 } from '#model/md4.ts';
import { newChallenge, ntlmKind, readAnswer } from './ntlm.ts';

test.each([
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    'e33b4ddc9c38f2199c3e7b164fcc0536',
  ],
])('MD4 of %j is that of RFC 1320', (text, digest) => {
  expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
});

/** The third message as a client builds it ([MS-NLMP] 2.2.1.3). */
function answerTo(challenge: Buffer, { user = 'User', domain = 'Domain', password = 'Password' } = {}): Buffer {
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  const hmac = (key: Buffer, text: Buffer): Buffer => createHmac('md5', key).update(text).digest();
  const blob = Buffer.concat([Buffer.from('0101000000000000', 'hex'), Buffer.alloc(24, 7)]);
  const key = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
  const response = Buffer.concat([hmac(key, Buffer.concat([challenge, blob])), blob]);
  const head = Buffer.alloc(64);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(3, 8);
  const parts = [Buffer.alloc(24), response, utf16(domain), utf16(user), Buffer.alloc(0)];
  let at = head.length;
  for (const [index, part] of parts.entries()) {
    head.writeUInt16LE(part.length, 12 + index * 8);
    head.writeUInt16LE(part.length, 14 + index * 8);
    head.writeUInt32LE(at, 16 + index * 8);
    at += part.length;
  }
  return Buffer.concat([head, ...parts]);
}

describe('NTLMv2', () => {
  const { challenge, message } = newChallenge('ca1', 'lab');

  test('the challenge is a second message, and another each time', () => {
    expect(ntlmKind(message)).toBe(2);
    expect(message.subarray(24, 32)).toEqual(challenge);
    expect(newChallenge('ca1', 'lab').challenge).not.toEqual(challenge);
  });

  test('an answer proves the password it was made with, to this challenge', () => {
    const answer = readAnswer(answerTo(challenge), challenge);
    expect(answer?.user).toBe('User');
    expect([answer?.proves('Password'), answer?.proves('password')]).toEqual([true, false]);
    expect(readAnswer(answerTo(challenge), Buffer.alloc(8))?.proves('Password')).toBe(false);
  });

  test.each([
    ['no message', Buffer.from('hello')],
    ['a first message', message],
    ['one cut short', answerTo(challenge).subarray(0, 63)],
    [
      'NTLMv1',
      (() => {
        const old = answerTo(challenge);
        old.writeUInt16LE(24, 20);
        return old;
      })(),
    ],
  ])('%s is no answer', (_what, bytes) => {
    expect(readAnswer(bytes, challenge)).toBeNull();
  });
});
