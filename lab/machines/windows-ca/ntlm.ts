import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { md4 } from '#model/md4.ts';

const signature = 'NTLMSSP\0';

/** Unicode, a target with its information, NTLM with extended session security, 128 bits ([MS-NLMP] 2.2.2.5). */
const flags = 0x20898205;

/** What a client answered a challenge with. */
export interface NtlmAnswer {
  readonly user: string;
  /** The MD5 of the channel that it is for; null where it names none. */
  readonly binding: Buffer | null;
  /** Whether whoever made the answer knows this password. */
  readonly proves: (password: string) => boolean;
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** The number of an NTLM message, or null where it is none. */
export function ntlmKind(message: Buffer): number | null {
  return message.length >= 12 && message.toString('latin1', 0, 8) === signature ? message.readUInt32LE(8) : null;
}

/** Name and type of what the client may know of the server ([MS-NLMP] 2.2.2.1). */
function pair(type: number, text: string): Buffer {
  const value = utf16(text);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** The message that carries a new challenge. */
export function newChallenge(host: string, domain: string): { readonly challenge: Buffer; readonly message: Buffer } {
  const challenge = randomBytes(8);
  const target = utf16(domain.toUpperCase());
  const information = Buffer.concat([pair(2, domain.toUpperCase()), pair(1, host.toUpperCase()), pair(0, '')]);
  const head = Buffer.alloc(56);
  head.write(signature, 'latin1');
  head.writeUInt32LE(2, 8);
  head.writeUInt16LE(target.length, 12);
  head.writeUInt16LE(target.length, 14);
  head.writeUInt32LE(head.length, 16);
  head.writeUInt32LE(flags, 20);
  challenge.copy(head, 24);
  head.writeUInt16LE(information.length, 40);
  head.writeUInt16LE(information.length, 42);
  head.writeUInt32LE(head.length + target.length, 44);
  return { challenge, message: Buffer.concat([head, target, information]) };
}

/** Reads the answer to a challenge: NTLMv2 ([MS-NLMP] 3.3.2). Null where it is another, or damaged. */
export function readAnswer(message: Buffer, challenge: Buffer): NtlmAnswer | null {
  if (ntlmKind(message) !== 3 || message.length < 64) return null;
  const part = (at: number): Buffer => {
    const start = message.readUInt32LE(at + 4);
    return message.subarray(start, start + message.readUInt16LE(at));
  };
  const response = part(20);
  const domain = part(28).toString('utf16le');
  const user = part(36).toString('utf16le');
  if (response.length <= 24) return null;
  const proof = response.subarray(0, 16);
  const rest = response.subarray(16);
  return {
    user,
    binding: bindingIn(rest),
    proves: (password) => {
      const key = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
      return timingSafeEqual(hmac(key, Buffer.concat([challenge, rest])), proof);
    },
  };
}

/** MsvAvChannelBindings among the pairs of a client's blob, which begin behind 28 octets ([MS-NLMP] 2.2.2.7). */
function bindingIn(blob: Buffer): Buffer | null {
  for (let at = 28; at + 4 <= blob.length;) {
    const [type, length] = [blob.readUInt16LE(at), blob.readUInt16LE(at + 2)];
    if (type === 10 && length === 16) return blob.subarray(at + 4, at + 20);
    if (type === 0) return null;
    at += 4 + length;
  }
  return null;
}

/** What a client must name for a connection to this certificate: tls-server-end-point (RFC 5929), SHA-256 as the lab signs. */
export function bindingOf(certificate: Buffer): Buffer {
  const said = Buffer.concat([Buffer.from('tls-server-end-point:'), createHash('sha256').update(certificate).digest()]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(said.length);
  return createHash('md5').update(Buffer.alloc(16)).update(length).update(said).digest();
}

function hmac(key: Buffer, message: Buffer): Buffer {
  return createHmac('md5', key).update(message).digest();
}
