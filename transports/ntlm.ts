import { createHash, createHmac, randomBytes, X509Certificate } from 'node:crypto';
import { md4 } from '#model/md4.ts';

const signature = Buffer.from('NTLMSSP\0', 'latin1');

/** Unicode, target, NTLM, always sign, extended session security, 128 and 56 bits ([MS-NLMP] 2.2.2.5). */
const flags = 0xa0088205;

/** What a server says of itself, and a client back to it ([MS-NLMP] 2.2.2.1). */
const attribute = { end: 0, domain: 2, flags: 6, timestamp: 7, channelBindings: 10 } as const;
/** In MsvAvFlags: a MIC is in the message. */
const hasMic = 2;

/** An account as people write it: `DOMAIN\user`, `user@domain`, or the user alone. */
export interface Account {
  readonly user: string;
  readonly password: string;
}

/** The first message: what the client can. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(32);
  signature.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(flags, 12);
  return message;
}

/**
 * The third message: proves the password to the challenge, for this TLS connection and no other, and never says it (NTLMv2, [MS-NLMP]
 * 3.1.5.1.2). `binding`: of the server's certificate. Throws an Error where the challenge is none.
 */
export function authenticateMessage(
  challenge: Buffer,
  account: Account,
  binding: Buffer,
  { now = new Date(), nonce = randomBytes(8) }: { readonly now?: Date; readonly nonce?: Buffer } = {},
): Buffer {
  if (challenge.length < 48 || !challenge.subarray(0, 8).equals(signature) || challenge.readUInt32LE(8) !== 2)
    throw new Error('the server sent no NTLM challenge');
  const told = attributesOf(field(challenge, 40));
  const written = /^(?:([^\\]*)\\)?(.*)$/s.exec(account.user);
  const user = written?.[2] ?? account.user;
  const isPrincipal = user.includes('@');
  const ofServer = told.find(({ type }) => type === attribute.domain)?.value.toString('utf16le') ?? '';
  const domain = written?.[1] ?? (isPrincipal ? '' : ofServer);
  const timestamp = told.find(({ type }) => type === attribute.timestamp)?.value;

  const key = keyOf({ user, domain, password: account.password });
  const information = encoded([
    ...told.filter(({ type }) => type !== attribute.flags && type !== attribute.channelBindings),
    ...(timestamp === undefined ? [] : [{ type: attribute.flags, value: fourOctets(hasMic) }]),
    { type: attribute.channelBindings, value: binding },
  ]);
  const blob = blobOf(timestamp ?? fileTime(now), nonce, information);
  const server = challenge.subarray(24, 32);
  const proof = proofOf(key, server, blob);
  // A server that gives its time wants no LMv2 ([MS-NLMP] 3.1.5.1.2).
  const lm = timestamp === undefined ? Buffer.concat([proofOf(key, server, nonce), nonce]) : Buffer.alloc(24);
  const message = assembled([lm, Buffer.concat([proof, blob]), utf16(domain), utf16(user), utf16(''), Buffer.alloc(0)]);
  if (timestamp !== undefined) {
    const session = hmac(key, proof);
    hmac(session, Buffer.concat([negotiateMessage(), challenge, message])).copy(message, micAt);
  }
  return message;
}

/** The MD5 of gss_channel_bindings_struct with tls-server-end-point (RFC 5929 section 4), which servers with extended protection ask for. */
export function channelBindingOf(certificate: Uint8Array): Buffer {
  const { signatureAlgorithm } = new X509Certificate(certificate);
  // MD5 and SHA-1 are lifted to SHA-256 there.
  const bits = /sha(384|512)/i.exec(signatureAlgorithm ?? '')?.[1] ?? '256';
  const digest = createHash(`sha${bits}`).update(certificate).digest();
  const said = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), digest]);
  const structure = Buffer.concat([Buffer.alloc(16), fourOctets(said.length), said]);
  return createHash('md5').update(structure).digest();
}

/** NTOWFv2 ([MS-NLMP] 3.3.2). */
export function keyOf({ user, domain, password }: Account & { readonly domain: string }): Buffer {
  return hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
}

/** NTProofStr over a blob; LMv2 over the nonce alone ([MS-NLMP] 3.3.2). */
export function proofOf(key: Buffer, challenge: Buffer, over: Buffer): Buffer {
  return hmac(key, Buffer.concat([challenge, over]));
}

/** NTLMv2_CLIENT_CHALLENGE ([MS-NLMP] 2.2.2.7), with the four octets that follow it. */
export function blobOf(time: Buffer, nonce: Buffer, information: Buffer): Buffer {
  const head = Buffer.from('0101000000000000', 'hex');
  return Buffer.concat([head, time, nonce, Buffer.alloc(4), information, Buffer.alloc(4)]);
}

interface Attribute {
  readonly type: number;
  readonly value: Buffer;
}

function attributesOf(information: Buffer): Attribute[] {
  const found: Attribute[] = [];
  for (let at = 0; at + 4 <= information.length;) {
    const type = information.readUInt16LE(at);
    const end = at + 4 + information.readUInt16LE(at + 2);
    if (type === attribute.end || end > information.length) break;
    found.push({ type, value: information.subarray(at + 4, end) });
    at = end;
  }
  return found;
}

function encoded(attributes: readonly Attribute[]): Buffer {
  const parts = [...attributes, { type: attribute.end, value: Buffer.alloc(0) }].map(({ type, value }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  });
  return Buffer.concat(parts);
}

/** Length, room and offset of a part, eight octets at `at`. */
function field(message: Buffer, at: number): Buffer {
  const start = message.readUInt32LE(at + 4);
  return message.subarray(start, start + message.readUInt16LE(at));
}

/** Behind the fields, the flags and the version. */
const micAt = 72;
const headLength = micAt + 16;

function assembled(parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(headLength);
  signature.copy(head);
  head.writeUInt32LE(3, 8);
  let offset = headLength;
  for (const [place, part] of parts.entries()) {
    head.writeUInt16LE(part.length, 12 + place * 8);
    head.writeUInt16LE(part.length, 14 + place * 8);
    head.writeUInt32LE(offset, 16 + place * 8);
    offset += part.length;
  }
  head.writeUInt32LE(flags, 60);
  return Buffer.concat([head, ...parts]);
}

/** Tenths of microseconds since 1601. */
function fileTime(at: Date): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE((BigInt(at.getTime()) + 11_644_473_600_000n) * 10_000n);
  return time;
}

function fourOctets(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function hmac(key: Buffer, message: Buffer): Buffer {
  return createHmac('md5', key).update(message).digest();
}
