import { createCipheriv, createECDH, createHash, type CipherGCMTypes } from 'node:crypto';
import { certificatesOfPem, toPem } from '#model/pem.ts';
import { Malformation, number, Reader, vector } from '#probes/wire/bytes.ts';
import { usualOffer, variantOffer } from '#probes/wire/client-hello.ts';
import { serverHandshakeKeys } from '#probes/wire/key-schedule.ts';
import { ServerFlight, type Progress } from '#probes/wire/server-flight.ts';
import { StreamOpening } from '#probes/wire/stream-opening.ts';
import { speechOf } from '#probes/speech.ts';
import { plainOutput, vosTexts } from '#transports/vos-texts.ts';
import { certificateTitle, isReadable, isSelfSigned, readCertificate } from '#x509/certificate.ts';
import { nameTitle } from '#x509/distinguished-name.ts';
import type { Corpus } from './corpus.ts';
import { inPieces, mutate } from './mutate.ts';
import type { Random } from './random.ts';

/** Reads one input made from the corpus. Throws what is no typed outcome; two readings of the same bytes that differ are an `Inconsistency`. */
export interface FuzzedReader {
  readonly name: string;
  readonly weight: number;
  readonly fuzz: (corpus: Corpus, random: Random) => void;
}

export class Inconsistency extends Error {
  override readonly name = 'Inconsistency';
}

/** The readers, each as often as its weight says. */
export const readers: readonly FuzzedReader[] = [
  { name: 'flight', weight: 45, fuzz: flight },
  { name: 'flight-1.3', weight: 2, fuzz: modernFlight },
  { name: 'certificate', weight: 8, fuzz: certificate },
  { name: 'pem', weight: 20, fuzz: pem },
  { name: 'stream', weight: 15, fuzz: stream },
  { name: 'dialogue', weight: 10, fuzz: dialogue },
];

const offers = [
  usualOffer('a.example'),
  variantOffer('ecdsa', null),
  variantOffer('SSLv3', null),
  variantOffer('TLSv1.2', 'a'),
];

function flight({ flights, certificates }: Corpus, random: Random): void {
  const recorded = random.of(flights);
  // Half of them stay in their records and lose the lengths, half keep the records and are changed inside.
  const bytes = random.chance(2)
    ? mutate(recorded, flights, random)
    : framed(mutate(handshakeOf(recorded), certificates, random), random);
  const offer = random.of(offers);
  const proof = random.chance(16) ? 'proof' : 'no-proof';
  const whole = readFlight(new ServerFlight(offer, proof), [bytes]);
  same(whole, readFlight(new ServerFlight(offer, proof), inPieces(bytes, random)));
  speechOf(bytes.subarray(0, 64));
}

function readFlight(reader: ServerFlight, pieces: readonly Buffer[]): string {
  return typed(() => {
    for (const piece of pieces) {
      let progress = reader.push(piece);
      while (progress.next === 'send') progress = reader.push(Buffer.alloc(0));
      if (progress.next !== 'more') return outcomeOf(progress);
    }
    return 'more';
  });
}

function outcomeOf(progress: Progress): string {
  if (progress.next !== 'done') return JSON.stringify(progress);
  const { certificates, clientAuthorities, stapled, ...rest } = progress.flight;
  const bytes = [certificates, clientAuthorities ?? [], stapled === null ? [] : [stapled]];
  return `${JSON.stringify(rest)} ${bytes.map((list) => list.map((each) => each.toString('latin1')).join('|')).join('#')}`;
}

/** What a reader says of bytes: its outcome, or that they are malformed. Anything else that is thrown goes on. */
function typed(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformation) return `malformed: ${error.message}`;
    throw error;
  }
}

function same(whole: string, inParts: string): void {
  if (whole !== inParts) throw new Inconsistency(`${whole.slice(0, 300)} and in pieces ${inParts.slice(0, 300)}`);
}

/** The handshake messages of a flight without their records. */
function handshakeOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let place = 0; place + 5 <= bytes.length;) {
    const length = bytes.readUInt16BE(place + 3);
    parts.push(bytes.subarray(place + 5, place + 5 + length));
    place += 5 + length;
  }
  return Buffer.concat(parts);
}

function framed(handshake: Buffer, random: Random): Buffer {
  const most = random.of([1, 50, 1000, 16_000]);
  const records: Buffer[] = [];
  for (let place = 0; place < handshake.length;) {
    const length = handshake.length > 2000 && most === 1 ? 40 : 1 + random.below(most);
    records.push(Buffer.from([22, 3, random.below(5)]), vector(2, handshake.subarray(place, place + length)));
    place += length;
  }
  return Buffer.concat(records);
}

const server = createECDH('prime256v1');
const serverShare = server.generateKeys();

/** TLS 1.3 is made anew for every reader, because its keys hang on the ClientHello; what is protected is the same for both. */
function modernFlight({ certificates, flights }: Corpus, random: Random): void {
  const suite = random.of([0x1301, 0x1302, 0x1303]);
  const list = Array.from({ length: random.below(4) }, () => random.of(certificates));
  const messages = Buffer.concat([
    message(8, vector(2)),
    ...(random.chance(3)
      ? [message(13, vector(1), vector(2, number(47, 2), vector(2, vector(2, vector(2, list[0] ?? Buffer.alloc(3))))))]
      : []),
    message(11, vector(1), vector(3, ...list.flatMap((der) => [vector(3, der), vector(2)]))),
    message(15, number(0x0804, 2), vector(2, random.bytes(64))),
    message(20, random.bytes(32)),
  ]);
  const inner = random.chance(8) ? messages : mutate(messages, flights, random);
  const extensions = vector(
    2,
    number(43, 2),
    vector(2, number(0x0304, 2)),
    number(51, 2),
    vector(2, number(23, 2), vector(2, serverShare)),
  );
  const plainHello = message(
    2,
    number(0x0303, 2),
    random.bytes(32),
    vector(1),
    number(suite, 2),
    number(0, 1),
    extensions,
  );
  const hello = random.chance(3) ? mutate(plainHello, flights, random) : plainHello;
  const flip = random.chance(16) ? random.below(inner.length + 40) : null;
  const cut = 1 + random.below(inner.length + 1);
  const read = (cutUp: (bytes: Buffer) => Buffer[]): string => {
    const reader = new ServerFlight(offers[0] ?? usualOffer(null), 'proof');
    const keys = keysFor(reader.hello, hello, suite);
    const records = [inner.subarray(0, cut), inner.subarray(cut)].map((part, sequence) => sealed(keys, part, sequence));
    const bytes = Buffer.concat([record(22, hello), record(20, Buffer.from([1])), ...records]);
    if (flip !== null) bytes.writeUInt8(bytes.readUInt8(bytes.length - 1 - flip) ^ 1, bytes.length - 1 - flip);
    return readFlight(reader, cutUp(bytes));
  };
  const seed = random.next();
  const whole = read((bytes) => [bytes]);
  same(
    whole,
    read((bytes) => [bytes.subarray(0, seed % bytes.length), bytes.subarray(seed % bytes.length)]),
  );
}

function message(type: number, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([number(type, 1), vector(3, ...parts)]);
}

function record(type: number, content: Buffer): Buffer {
  return Buffer.concat([number(type, 1), number(0x0303, 2), vector(2, content)]);
}

type Keys = ReturnType<typeof serverHandshakeKeys>;

function keysFor(clientRecord: Buffer, serverHello: Buffer, suite: number): Keys {
  const clientHello = clientRecord.subarray(5);
  const reader = new Reader(clientHello.subarray(4), 'ClientHello');
  reader.take(34);
  reader.vector(1);
  reader.vector(2);
  reader.vector(1);
  const extensions = reader.inner(2);
  let share = Buffer.alloc(0);
  while (extensions.left > 0) {
    const type = extensions.number(2);
    const content = extensions.vector(2);
    if (type === 51) share = Buffer.from(content.subarray(6));
  }
  const hash = suite === 0x1302 ? 'sha384' : 'sha256';
  const transcript = createHash(hash).update(clientHello).update(serverHello).digest('binary');
  return serverHandshakeKeys(suite, server.computeSecret(share), transcript);
}

function sealed({ cipher, key, iv }: Keys, content: Buffer, sequence: number): Buffer {
  const nonce = Buffer.from(iv, 'latin1');
  nonce[11] = (nonce[11] ?? 0) ^ sequence;
  const plain = Buffer.concat([content.subarray(0, 16_000), Buffer.from([22])]);
  const header = Buffer.concat([Buffer.from([23, 3, 3]), number(plain.length + 16, 2)]);
  const sealing = createCipheriv(cipher as CipherGCMTypes, Buffer.from(key, 'latin1'), nonce, { authTagLength: 16 });
  sealing.setAAD(header);
  return Buffer.concat([header, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
}

function certificate({ certificates }: Corpus, random: Random): void {
  const der = mutate(random.of(certificates), certificates, random);
  const read = readCertificate(der);
  nameTitle(der.subarray(random.below(der.length)));
  if (!isReadable(read)) return;
  certificateTitle(read);
  isSelfSigned(read);
}

function pem({ pems }: Corpus, random: Random): void {
  const found = certificatesOfPem(mutate(random.of(pems), pems, random).toString('latin1'));
  const again = certificatesOfPem(found.map(toPem).join(''));
  if (!Buffer.concat(found).equals(Buffer.concat(again)))
    throw new Inconsistency('what was read and written again differs');
}

function stream({ streams }: Corpus, random: Random): void {
  const bytes = mutate(random.of(streams), streams, random);
  same(readStream([bytes]), readStream(inPieces(bytes, random)));
}

function readStream(pieces: readonly Buffer[]): string {
  const reader = new StreamOpening('a.example');
  return typed(() => {
    for (const [place, piece] of pieces.entries()) {
      let progress = reader.push(piece);
      while (progress.next === 'send') progress = reader.push(Buffer.alloc(0));
      // What comes behind <proceed/> in a piece of its own is for the TLS reader to refuse.
      if (progress.next === 'tls' && place < pieces.length - 1)
        throw new Malformation('bytes between <proceed/> and TLS');
      if (progress.next !== 'more') return progress.next;
    }
    return 'more';
  });
}

function dialogue({ dialogues }: Corpus, random: Random): void {
  const text = mutate(random.of(dialogues), dialogues, random).toString('latin1');
  const plain = plainOutput(text);
  for (const pattern of Object.values(vosTexts)) {
    pattern.exec(text);
    pattern.exec(plain);
  }
}
