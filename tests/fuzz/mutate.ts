import type { Random } from './random.ts';

const interesting = [0, 1, 2, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0xffff, 0x10000, 0xffffff, 0x3fff, 0x4000, 0x4001];
const longest = 1 << 14;

/** Changes bytes in one to eight ways. `others`: what pieces are taken from. */
export function mutate(bytes: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  for (let left = 1 + random.below(random.chance(4) ? 8 : 2); left > 0; left -= 1)
    changed = once(changed, others, random);
  return changed.length > longest ? changed.subarray(0, longest) : changed;
}

function once(bytes: Buffer, others: readonly Buffer[], random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const length = 1 + random.below(random.chance(3) ? Math.max(1, bytes.length >> 1) : 16);
  switch (random.below(9)) {
    case 0:
      if (bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 1:
      if (bytes.length > 0) bytes[at % bytes.length] = random.next();
      return bytes;
    case 2:
    case 3: {
      // A field of one to three bytes that may be a length: a value at an edge, or a little beside the one that is there.
      const width = 1 + random.below(3);
      if (at + width > bytes.length) return bytes;
      const value = random.chance(2) ? random.of(interesting) : bytes.readUIntBE(at, width) + random.below(5) - 2;
      bytes.writeUIntBE((value >>> 0) % 2 ** (8 * width), at, width);
      return bytes;
    }
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 6:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 7:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(Math.min(length, 64)), bytes.subarray(at)]);
    default: {
      const other = random.of(others);
      const from = random.below(other.length);
      const piece = other.subarray(from, from + length);
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + (random.chance(2) ? piece.length : 0))]);
    }
  }
}

/** Cuts bytes into pieces as a network may. */
export function inPieces(bytes: Buffer, random: Random): Buffer[] {
  // Byte by byte is for short inputs: what is tried then does not get better with length.
  const most = random.of(bytes.length > 600 ? [40, 200, 600, 1400] : [1, 3, 16, 100]);
  const pieces: Buffer[] = [];
  for (let place = 0; place < bytes.length;) {
    const length = 1 + random.below(most);
    pieces.push(bytes.subarray(place, place + length));
    place += length;
  }
  return pieces;
}
