import { describe, expect, test } from 'vitest';
import { authenticateMessage, blobOf, keyOf, negotiateMessage, proofOf } from './ntlm.ts';

/** The example of [MS-NLMP] 4.2.4. */
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const serverChallenge = hex('0123456789abcdef');
const nonce = hex('aaaaaaaaaaaaaaaa');
const key = keyOf({ user: 'User', domain: 'Domain', password: 'Password' });
const information = hex('02000c0044006f006d00610069006e0001000c005300650072007600650072000000' + '0000');

describe('NTLMv2 as documented', () => {
  test('the key', () => expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f'));

  test('the proof', () => {
    const blob = blobOf(Buffer.alloc(8), nonce, information);
    expect(proofOf(key, serverChallenge, blob).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
  });

  test('LMv2', () =>
    expect(proofOf(key, serverChallenge, nonce).toString('hex')).toBe('86c35097ac9cec102554764a57cccc19'));
});

/** A challenge with these attributes. */
function challengeWith(attributes: Buffer): Buffer {
  const head = Buffer.alloc(48);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(2, 8);
  serverChallenge.copy(head, 24);
  head.writeUInt16LE(attributes.length, 40);
  head.writeUInt32LE(head.length, 44);
  return Buffer.concat([head, attributes]);
}

const part = (message: Buffer, at: number): Buffer => {
  const start = message.readUInt32LE(at + 4);
  return message.subarray(start, start + message.readUInt16LE(at));
};
const binding = Buffer.alloc(16, 0xbb);
const answer = (user: string, attributes = information): Buffer =>
  authenticateMessage(challengeWith(attributes), { user, password: 'Password' }, binding, { nonce });

describe('the answer', () => {
  test.each([
    ['User', 'Domain', 'User'],
    ['OTHER\\User', 'OTHER', 'User'],
    ['User@example.com', '', 'User@example.com'],
  ])('of %s', (written, domain, user) => {
    const message = answer(written);
    expect([part(message, 28), part(message, 36)].map((each) => each.toString('utf16le'))).toEqual([domain, user]);
  });

  test('names the connection it is for, and the password nowhere', () => {
    const message = answer('User');
    expect(part(message, 20).includes(Buffer.concat([hex('0a001000'), binding]))).toBe(true);
    expect(message.includes(Buffer.from('Password', 'utf16le'))).toBe(false);
    expect(message.includes('Password')).toBe(false);
  });

  test('to a server that gives its time has it, a MIC, and no LMv2', () => {
    const time = hex('0102030405060708');
    const message = answer(
      'User',
      Buffer.concat([information.subarray(0, -4), hex('07000800'), time, hex('00000000')]),
    );
    expect(part(message, 20).subarray(24, 32)).toEqual(time);
    expect(message.subarray(72, 88)).not.toEqual(Buffer.alloc(16));
    expect(part(message, 12)).toEqual(Buffer.alloc(24));
    expect(answer('User').subarray(72, 88)).toEqual(Buffer.alloc(16));
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a first message', negotiateMessage()],
    ['garbage', Buffer.alloc(100, 7)],
  ])('to %s there is none', (_what, challenge) => {
    expect(() => authenticateMessage(challenge, { user: 'User', password: 'Password' }, binding)).toThrow(
      /no NTLM challenge/,
    );
  });
});
