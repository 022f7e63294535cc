import { hash, publicDecrypt, constants, verify, type KeyObject } from 'node:crypto';
import { groups, suites, verifies, versions } from './algorithms.ts';
import { ByteQueue, Malformation, noBytes, number, Reader, vector } from './bytes.ts';
import { clientHello, inRecord, newNonces, type Nonces, type Offer } from './client-hello.ts';
import { HandshakeDecryption, type Octets } from './key-schedule.ts';
import { shareOf, usualShare, type KeyShare } from './key-share.ts';
import { publicKeyOf } from './public-key.ts';

/** What a server of TLS 1.3 signs, RFC 8446 section 4.4.3: this, and behind it the hash of the transcript. */
const signed = Buffer.concat([
  Buffer.alloc(64, 0x20),
  Buffer.from('TLS 1.3, server CertificateVerify\0'),
  Buffer.alloc(48),
]);
const signedBefore = signed.length - 48;

/** What a server's first flight says. */
export interface Flight {
  readonly version: number;
  readonly suite: number;
  /** certificate_list as sent, in order. */
  readonly certificates: readonly Buffer[];
  /** Whether a signature of the flight verifies with the key of the end entity certificate. */
  readonly key: 'proved' | 'not-proved' | 'not-asked';
  /** Ephemeral key exchange; null for static RSA. */
  readonly ephemeralKey: { readonly type: string; readonly group: string | null; readonly bits: number } | null;
  /** Names of the authorities whose client certificates are accepted, DER; null where none is asked for. */
  readonly clientAuthorities: readonly Buffer[] | null;
  /** Stapled OCSP response, DER. */
  readonly stapled: Buffer | null;
}

/** After bytes came in: wait for more, answer a HelloRetryRequest, or the end. */
export type Progress =
  | { readonly next: 'more' }
  | { readonly next: 'send'; readonly bytes: Buffer }
  | { readonly next: 'done'; readonly flight: Flight }
  | { readonly next: 'alert'; readonly description: number };

const more: Progress = { next: 'more' };

/** Records longer than this are no TLS: RFC 8446 section 5.2 with the slack of RFC 5246. */
const longestRecord = 2 ** 14 + 2048;
/** A handshake message longer than this is not read: the longest seen honestly, a list of 3000 names, has 138 KB. */
const longestMessage = 1 << 20;
const mostCertificates = 500;
const mostWarnings = 5;

/** The random of a ServerHello that is a HelloRetryRequest, RFC 8446 section 4.1.3. */
const helloRetryRequest = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/**
 * Reads a server's first flight off the bytes it sends, and stops: no handshake is finished, nothing is sent but ClientHellos. Pure but for its own state, so
 * that any bytes can be tried on it: what is not TLS as specified throws `Malformation`.
 */
export class ServerFlight {
  readonly #offer: Offer;
  readonly #nonces: Nonces = newNonces();
  #share: KeyShare = usualShare;
  readonly #received = new ByteQueue();
  readonly #handshake = new ByteQueue();
  /** In pieces: a server may send very many messages. */
  readonly #transcript: Buffer[];
  #isRetried = false;
  #warnings = 0;
  #decryption: HandshakeDecryption | null = null;
  #version = 0;
  #suite = 0;
  #serverRandom: Buffer = noBytes;
  #certificates: Buffer[] | null = null;
  #key: Flight['key'];
  #ephemeralKey: Flight['ephemeralKey'] = null;
  #clientAuthorities: Buffer[] | null = null;
  #stapled: Buffer | null = null;

  /** `proof`: whether the signature is to be checked, which takes most of the time. */
  constructor(offer: Offer, proof: 'proof' | 'no-proof' = 'proof') {
    this.#offer = offer;
    this.#key = proof === 'proof' ? 'not-proved' : 'not-asked';
    this.#transcript = [clientHello(offer, this.#nonces, this.#share)];
  }

  /** The first bytes to send. */
  get hello(): Buffer {
    const [first = noBytes] = this.#transcript;
    return inRecord(first, this.#offer);
  }

  /** Takes bytes as they come, in pieces of any size. */
  push(bytes: Buffer): Progress {
    this.#received.push(bytes);
    for (;;) {
      const record = this.#nextRecord();
      if (record === null) return more;
      const progress = this.#take(record.type, record.content);
      if (progress.next !== 'more') return progress;
    }
  }

  #nextRecord(): { type: number; content: Buffer } | null {
    if (this.#received.length < 5) return null;
    const type = this.#received.numberAt(0, 1);
    const length = this.#received.numberAt(3, 2);
    if (type < 20 || type > 24 || this.#received.numberAt(1, 1) !== 3) throw new Malformation('no TLS record');
    if (length > longestRecord) throw new Malformation('a record is longer than TLS allows');
    if (this.#received.length < 5 + length) return null;
    const record = this.#received.take(5 + length);
    const payload = record.subarray(5);
    // In TLS 1.3 all but change_cipher_spec and early alerts is application data on the outside (RFC 8446 section 5.1).
    if (type === 23 && this.#decryption !== null) return this.#decryption.open(record.subarray(0, 5), payload);
    if (type === 22 && this.#decryption !== null) throw new Malformation('a handshake record without protection');
    return { type, content: payload };
  }

  #take(type: number, content: Buffer): Progress {
    switch (type) {
      case 20:
        // TLS 1.3 sends one for old middle boxes. Before it, it ends the flight of a session that is resumed, and we resume none.
        if (this.#version !== 0 && this.#version !== versions.tls13)
          throw new Malformation('a session that was never there is resumed');
        return more;
      case 21:
        return this.#alert(content);
      case 22:
        break;
      default:
        throw new Malformation(`a record of type ${String(type)} before the end of the flight`);
    }
    // RFC 8446 section 5.1.
    if (content.length === 0) throw new Malformation('an empty handshake record');
    this.#handshake.keep(content);
    while (this.#handshake.length >= 4) {
      const length = this.#handshake.numberAt(1, 3);
      if (length > longestMessage) throw new Malformation(`a handshake message of ${String(length)} bytes`);
      if (this.#handshake.length < 4 + length) return more;
      const message = this.#handshake.take(4 + length);
      const progress = this.#message(message[0] ?? 0, message.subarray(4), message);
      if (progress.next !== 'more') return progress;
    }
    return more;
  }

  /** A warning before TLS 1.3 (RFC 5246 section 7.2), such as unrecognized_name, does not end the flight. */
  #alert(content: Buffer): Progress {
    const [level = 2, description = 0] = content;
    const isWarning = level === 1 && description !== 0 && this.#version !== versions.tls13;
    if (isWarning && (this.#warnings += 1) <= mostWarnings) return more;
    if (isWarning) throw new Malformation('warning after warning');
    // After the certificates an alert changes nothing of what was shown.
    return this.#certificates === null ? { next: 'alert', description } : this.#done();
  }

  #message(type: number, body: Buffer, whole: Buffer): Progress {
    if (type === 2) return this.#serverHello(body, whole);
    if (this.#version === 0) throw new Malformation(`handshake message ${String(type)} before ServerHello`);
    const isModern = this.#version === versions.tls13;
    switch (type) {
      case 11:
        if (this.#certificates !== null) throw new Malformation('a second Certificate');
        this.#certificates = isModern ? this.#modernList(body) : legacyList(body);
        break;
      case 12:
        if (!isModern) this.#serverKeyExchange(body);
        break;
      case 13:
        this.#clientAuthorities = isModern ? modernAuthorities(body) : legacyAuthorities(body, this.#version);
        break;
      case 14:
        if (!isModern) return this.#done();
        break;
      case 15:
        this.#certificateVerify(body);
        return this.#done();
      case 20:
        return this.#done();
      case 22:
        this.#stapled = stapledIn(body);
        break;
      default:
        break;
    }
    if (isModern) this.#transcript.push(whole);
    return more;
  }

  #serverHello(body: Buffer, whole: Buffer): Progress {
    if (this.#version !== 0) throw new Malformation('a second ServerHello');
    const reader = new Reader(body, 'ServerHello');
    const legacyVersion = reader.number(2);
    const random = reader.take(32);
    reader.skip(1);
    const suite = reader.number(2);
    reader.number(1);
    const extensions = extensionsOf(reader);
    const selected = extensions.get(43);
    const version = selected === undefined ? legacyVersion : new Reader(selected, 'supported_versions').number(2);
    // Before TLS 1.3 a ClientHello names the newest version only, and a server may answer with any older one (RFC 5246 appendix E.1).
    const isOlder =
      version >= versions.ssl3 && version < Math.min(versions.tls13, Math.max(...this.#offer.terms.versions));
    if (!this.#offer.terms.versions.includes(version) && !isOlder)
      throw new Malformation(`version 0x${version.toString(16)} was not offered`);
    if (!this.#offer.terms.suites.includes(suite))
      throw new Malformation(`cipher suite 0x${suite.toString(16)} was not offered`);
    if (version === versions.tls13 && random.equals(helloRetryRequest)) return this.#retry(suite, extensions, whole);

    this.#version = version;
    this.#suite = suite;
    this.#serverRandom = random;
    if (version !== versions.tls13) return more;
    const keyShare = new Reader(extensions.get(51) ?? noBytes, 'key_share');
    const group = keyShare.number(2);
    if (group !== this.#share.group) throw new Malformation('a key share of a group that was not offered');
    const peer = keyShare.vector(2);
    this.#transcript.push(whole);
    this.#decryption = new HandshakeDecryption(suite, this.#share.secretWith(peer), this.#hash());
    const named = groups[group];
    this.#ephemeralKey = { type: 'ECDH', group: named?.name ?? null, bits: named?.bits ?? 0 };
    return more;
  }

  /** RFC 8446 section 4.1.4; the first ClientHello counts in the transcript by its hash (section 4.4.1). */
  #retry(suite: number, extensions: ReadonlyMap<number, Buffer>, whole: Buffer): Progress {
    if (this.#isRetried) throw new Malformation('a second HelloRetryRequest');
    this.#isRetried = true;
    const wanted = extensions.get(51);
    const share = wanted === undefined ? this.#share : shareOf(new Reader(wanted, 'key_share').number(2));
    if (share === null) throw new Malformation('a HelloRetryRequest for a group that was not offered');
    this.#share = share;
    this.#suite = suite;
    const cookie = extensions.get(44);
    const second = clientHello(
      this.#offer,
      this.#nonces,
      share,
      cookie === undefined ? null : new Reader(cookie, 'cookie').vector(2),
    );
    const digest = Buffer.from(this.#hash(), 'latin1');
    this.#transcript.splice(0, Infinity, number(254, 1), vector(3, digest), whole, second);
    return { next: 'send', bytes: inRecord(second, this.#offer) };
  }

  /** RFC 8446 section 4.4.2. */
  #modernList(body: Buffer): Buffer[] {
    const reader = new Reader(body, 'Certificate');
    reader.skip(1);
    const list = reader.inner(3);
    const certificates: Buffer[] = [];
    while (list.left > 0 && certificates.length < mostCertificates) {
      certificates.push(list.vector(3));
      const extensions = extensionsOf(list);
      const status = extensions.get(5);
      if (certificates.length === 1 && status !== undefined) this.#stapled = stapledIn(status);
    }
    return certificates;
  }

  /** RFC 8446 section 4.4.3. */
  #certificateVerify(body: Buffer): void {
    const reader = new Reader(body, 'CertificateVerify');
    const scheme = reader.number(2);
    const signature = reader.vector(2);
    const key = this.#endEntityKey();
    if (key === null) return;
    const length = signed.write(this.#hash(), signedBefore, 'latin1');
    if (verifies(scheme, key, signed.subarray(0, signedBefore + length), signature)) this.#key = 'proved';
  }

  /** RFC 5246 section 7.4.3, RFC 8422 section 5.4. */
  #serverKeyExchange(body: Buffer): void {
    if (this.#ephemeralKey !== null) throw new Malformation('a second ServerKeyExchange');
    const exchange = suites[this.#suite]?.exchange;
    const reader = new Reader(body, 'ServerKeyExchange');
    if (exchange === 'ecdhe') {
      if (reader.number(1) !== 3) throw new Malformation('an elliptic curve that is not named');
      const group = reader.number(2);
      reader.skip(1);
      const named = groups[group];
      this.#ephemeralKey = { type: 'ECDH', group: named?.name ?? `0x${group.toString(16)}`, bits: named?.bits ?? 0 };
    } else if (exchange === 'dhe') {
      const prime = reader.vector(2);
      reader.skip(2);
      reader.skip(2);
      const leading = prime.findIndex((byte) => byte !== 0);
      const bits = leading < 0 ? 0 : (prime.length - leading) * 8 - Math.clz32(prime[leading] ?? 0) + 24;
      this.#ephemeralKey = { type: 'DH', group: null, bits };
    } else return;
    const parameters = body.subarray(0, body.length - reader.left);
    const content = Buffer.concat([this.#nonces.random, this.#serverRandom, parameters]);
    const key = this.#endEntityKey();
    if (key === null) return;
    const isProved =
      this.#version === versions.tls12
        ? verifies(reader.number(2), key, content, reader.vector(2))
        : verifiesBeforeTls12(key, content, reader.vector(2));
    if (isProved) this.#key = 'proved';
  }

  #endEntityKey(): KeyObject | null {
    if (this.#key === 'not-asked') return null;
    const [first] = this.#certificates ?? [];
    return first === undefined ? null : publicKeyOf(first);
  }

  #hash(): Octets {
    return hash(suites[this.#suite]?.hash ?? 'sha256', Buffer.concat(this.#transcript), 'binary');
  }

  #done(): Progress {
    if (this.#certificates === null) throw new Malformation('the flight ended without a certificate_list');
    const flight: Flight = {
      version: this.#version,
      suite: this.#suite,
      certificates: this.#certificates,
      key: this.#key,
      ephemeralKey: this.#ephemeralKey,
      clientAuthorities: this.#clientAuthorities,
      stapled: this.#stapled,
    };
    return { next: 'done', flight };
  }
}

/** RFC 5246 section 7.4.2. */
function legacyList(body: Buffer): Buffer[] {
  const list = new Reader(body, 'Certificate').inner(3);
  const certificates: Buffer[] = [];
  while (list.left > 0 && certificates.length < mostCertificates) certificates.push(list.vector(3));
  return certificates;
}

const noExtensions: ReadonlyMap<number, Buffer> = new Map();

function extensionsOf(reader: Reader): ReadonlyMap<number, Buffer> {
  if (reader.left === 0) return noExtensions;
  const list = reader.inner(2);
  if (list.left === 0) return noExtensions;
  const extensions = new Map<number, Buffer>();
  while (list.left > 0) extensions.set(list.number(2), list.vector(2));
  return extensions;
}

/** CertificateStatus, RFC 6066 section 8: type ocsp, then the response. */
function stapledIn(body: Buffer): Buffer | null {
  const reader = new Reader(body, 'CertificateStatus');
  return reader.number(1) === 1 ? Buffer.from(reader.vector(3)) : null;
}

/** RFC 8446 section 4.3.2: the authorities are an extension. */
function modernAuthorities(body: Buffer): Buffer[] {
  const reader = new Reader(body, 'CertificateRequest');
  reader.skip(1);
  const authorities = extensionsOf(reader).get(47);
  return authorities === undefined ? [] : names(new Reader(authorities, 'certificate_authorities').inner(2));
}

/** RFC 5246 section 7.4.4; before TLS 1.2 without signature algorithms. */
function legacyAuthorities(body: Buffer, version: number): Buffer[] {
  const reader = new Reader(body, 'CertificateRequest');
  reader.skip(1);
  if (version === versions.tls12) reader.skip(2);
  return names(reader.inner(2));
}

function names(list: Reader): Buffer[] {
  const all: Buffer[] = [];
  while (list.left > 0) all.push(Buffer.from(list.vector(2)));
  return all;
}

/** RFC 4346 section 7.4.3: RSA signs MD5 and SHA-1 side by side without naming them, ECDSA signs SHA-1. */
function verifiesBeforeTls12(key: KeyObject, content: Buffer, signature: Buffer): boolean {
  try {
    if (key.asymmetricKeyType !== 'rsa') return verify('sha1', content, key, signature);
    const digests = Buffer.concat([hash('md5', content, 'buffer'), hash('sha1', content, 'buffer')]);
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(digests);
  } catch {
    return false;
  }
}
