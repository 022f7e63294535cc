/** The permutation of RFC 2268 section 2, made from the digits of pi. */
const pi = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b255597312d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

/** Decrypts RC2 in CBC mode (RFC 2268); OpenSSL 3 keeps it in a module that Node does not load. `bits`: effective key bits. */
export function decryptRc2Cbc(key: Uint8Array, bits: number, iv: Uint8Array, data: Uint8Array): Buffer {
  if (data.length === 0 || data.length % 8 !== 0) throw new Error('the data are no whole blocks');
  const words = expand(key, bits);
  const plain = Buffer.alloc(data.length);
  let previous = iv;
  for (let place = 0; place < data.length; place += 8) {
    const block = data.subarray(place, place + 8);
    const opened = decryptBlock(words, block);
    for (let octet = 0; octet < 8; octet += 1) plain[place + octet] = (opened[octet] ?? 0) ^ (previous[octet] ?? 0);
    previous = block;
  }
  const padding = plain.at(-1) ?? 0;
  const isPadded = padding >= 1 && padding <= 8 && plain.subarray(-padding).every((octet) => octet === padding);
  if (!isPadded) throw new Error('the padding is wrong');
  return plain.subarray(0, -padding);
}

/** RFC 2268 section 2. */
function expand(key: Uint8Array, bits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key.subarray(0, 128));
  const at = (place: number): number => bytes[place] ?? 0;
  for (let place = key.length; place < 128; place += 1)
    bytes[place] = pi[(at(place - 1) + at(place - key.length)) & 0xff] ?? 0;
  const effective = Math.ceil(bits / 8);
  bytes[128 - effective] = pi[at(128 - effective) & (0xff >> (8 * effective - bits))] ?? 0;
  for (let place = 127 - effective; place >= 0; place -= 1)
    bytes[place] = pi[at(place + 1) ^ at(place + effective)] ?? 0;
  return Uint16Array.from({ length: 64 }, (_, place) => at(2 * place) + 256 * at(2 * place + 1));
}

/** RFC 2268 section 4: the rounds of section 3 backwards. */
function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Array.from({ length: 4 }, (_, place) => (block[2 * place] ?? 0) + 256 * (block[2 * place + 1] ?? 0));
  const at = (place: number): number => r[(place + 4) % 4] ?? 0;
  const rotations = [1, 2, 3, 5];
  let next = 63;
  const unmix = (): void => {
    for (let place = 3; place >= 0; place -= 1) {
      const by = rotations[place] ?? 0;
      const turned = ((at(place) >>> by) | (at(place) << (16 - by))) & 0xffff;
      const mixed = (at(place - 1) & at(place - 2)) + (~at(place - 1) & at(place - 3)) + (words[next] ?? 0);
      r[place] = (turned - mixed) & 0xffff;
      next -= 1;
    }
  };
  const unmash = (): void => {
    for (let place = 3; place >= 0; place -= 1) r[place] = (at(place) - (words[at(place - 1) & 63] ?? 0)) & 0xffff;
  };
  for (let round = 0; round < 16; round += 1) {
    unmix();
    if (round === 4 || round === 10) unmash();
  }
  return Uint8Array.from(r.flatMap((word) => [word & 0xff, word >>> 8]));
}
