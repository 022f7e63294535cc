const shifts = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const;

const orders = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const;

const constants = [0, 0x5a827999, 0x6ed9eba1] as const;

const functions = [
  (x: number, y: number, z: number): number => (x & y) | (~x & z),
  (x: number, y: number, z: number): number => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number): number => x ^ y ^ z,
] as const;

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** MD4 (RFC 1320), which NTLM asks for and OpenSSL 3 has no more. Never for anything else. */
export function md4(message: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  let state: readonly [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += 64) state = absorbed(state, padded.subarray(at, at + 64));
  const digest = Buffer.alloc(16);
  for (const [at, word] of state.entries()) digest.writeInt32LE(word | 0, at * 4);
  return digest;
}

function absorbed(
  state: readonly [number, number, number, number],
  block: Buffer,
): readonly [number, number, number, number] {
  let [a, b, c, d] = state;
  for (const [round, mix] of functions.entries()) {
    for (const [step, word] of (orders[round] ?? []).entries()) {
      const sum = (a + mix(b, c, d) + block.readUInt32LE(word * 4) + (constants[round] ?? 0)) | 0;
      [a, b, c, d] = [d, rotated(sum, shifts[round]?.[step % 4] ?? 0), b, c];
    }
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
}
