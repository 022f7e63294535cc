import { constants, type X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Observed, ProbeFailure } from '#model/observation.ts';
import { connected, failureOf, openSocket } from './connect.ts';
import { Deadline } from './deadline.ts';
import { speechOf } from './speech.ts';
import { startTls } from './start-tls.ts';
import type { Way } from './wire/look.ts';

/** Where to connect and what to ask for. */
export interface TlsTarget extends Way {
  /** server_name to send, or null for none. */
  readonly serverName: string | null;
}

export interface TlsLimits {
  /** Milliseconds until the connection must stand. */
  readonly connectMs: number;
  /** Milliseconds for everything, connecting included. */
  readonly probeMs: number;
}

/** What came of it: the answer of the peer, or why there was none. */
export type TlsAnswer =
  | {
      readonly answer: 'tls';
      readonly certificates: readonly Buffer[];
      readonly handshake: Observed<'tls-handshake'>;
      /** Whether the peer stayed once the handshake was over: in TLS 1.3 it refuses a client without a certificate only then. */
      readonly afterwards: Afterwards;
    }
  | { readonly answer: 'refused' }
  | { readonly answer: 'not-tls'; readonly speech: ReturnType<typeof speechOf>; readonly firstBytes: string }
  /** `spokeTls`: the peer answered in TLS before it failed, so the port is a TLS port. */
  | { readonly answer: 'none'; readonly spokeTls: boolean; readonly failure: ProbeFailure };

type Afterwards = 'completed' | 'refused' | 'not-known';

/** A server that asks for a client certificate in TLS 1.3 is waited for so long: an alert and a ticket come at once. */
const afterwardsMs = 1000;

/** A peer that sends more than this before the handshake ends is cut off: OpenSSL itself stops a certificate message at 100 KB. */
const mostBytes = 1 << 20;
/** Longest certificate_list that is walked. */
const mostCertificates = 200;

/**
 * One full handshake with a peer nobody vouches for yet: it records, so it refuses nothing that can be spoken at all, and sends no secret.
 * Never a resumed session: a resumed one presents no certificate (RFC 8446 section 2.2).
 */
export async function handshake(
  target: TlsTarget,
  limits: TlsLimits,
  watch: 'watch-end' | 'stop' = 'stop',
): Promise<TlsAnswer> {
  const startedAt = performance.now();
  const socket = openSocket(target);
  let tls: TLSSocket | undefined;
  const whole = new Deadline(limits.probeMs);
  try {
    const failure = await connected(socket, limits.connectMs, whole);
    if (failure !== null)
      return failure.reason === 'connection-refused'
        ? { answer: 'refused' }
        : { answer: 'none', spokeTls: false, failure };

    const opened = await startTls(socket, target.opening ?? 'tls', target.serverName ?? target.address, whole);
    if (opened.answer === 'not-tls') return opened;
    if (opened.answer === 'none') return { answer: 'none', spokeTls: false, failure: opened.failure };
    const tap = new Tap(socket);
    tls = openTls(tap, target.serverName);
    const ended = await secured(tls, tap, whole);
    if (ended === null) {
      const seen = recorded(tls, performance.now() - startedAt);
      return { ...seen, afterwards: watch === 'stop' ? 'not-known' : await afterwards(tls, seen.handshake, whole) };
    }
    if (tap.firstBytes.length > 0 && !tap.looksLikeTls) {
      const speech = speechOf(tap.firstBytes);
      return { answer: 'not-tls', speech, firstBytes: tap.firstBytes.subarray(0, 64).toString('latin1') };
    }
    return { answer: 'none', spokeTls: tap.looksLikeTls, failure: ended };
  } finally {
    whole.clear();
    tls?.destroy();
    socket.destroy();
  }
}

/** TLS over a connection, whoever the peer is: whether it can be trusted is judged later, so nothing secret may be sent through it. */
export function openTls(socket: Duplex, serverName: string | null): TLSSocket {
  return connectTls({
    socket,
    ...(serverName === null ? {} : { servername: serverName }),
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    // What is weak must still be seen: whether it is a fault is judged later. Not the anonymous suites: a server that takes one
    // presents no certificate, though to everybody else it does.
    ciphers: 'ALL:!aNULL:@SECLEVEL=0',
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
}

/**
 * What the peer does after the handshake. Before TLS 1.3 its end is the server's word; since then the server speaks last of all, with an alert
 * (RFC 8446 section 4.4.2.4) or with a ticket.
 */
async function afterwards(
  tls: TLSSocket,
  { protocol }: Observed<'tls-handshake'>,
  whole: Deadline,
): Promise<Afterwards> {
  if (protocol !== 'TLSv1.3') return 'completed';
  const waiting = new Deadline(afterwardsMs);
  try {
    return await new Promise((resolve) => {
      tls.once('session', () => resolve('completed'));
      tls.once('data', () => resolve('completed'));
      tls.once('error', () => resolve('refused'));
      tls.once('end', () => resolve('refused'));
      tls.once('close', () => resolve('refused'));
      for (const deadline of [waiting, whole]) deadline.onLate(() => resolve('not-known'));
    });
  } finally {
    waiting.clear();
  }
}

function recorded(tls: TLSSocket, milliseconds: number): Omit<Extract<TlsAnswer, { answer: 'tls' }>, 'afterwards'> {
  const key = tls.getEphemeralKeyInfo() as { type?: string; name?: string; size?: number } | null;
  return {
    answer: 'tls',
    certificates: asSent(tls.getPeerX509Certificate()),
    handshake: {
      protocol: tls.getProtocol() ?? 'unknown',
      cipherSuite: tls.getCipher().standardName,
      ephemeralKey: key?.type === undefined ? null : { type: key.type, group: key.name ?? null, bits: key.size ?? 0 },
      // The peer finished the handshake under the key of the certificate it sent.
      key: 'proved',
      milliseconds: Math.round(milliseconds * 10) / 10,
    },
  };
}

/**
 * The list as received, with extras and duplicates, in order. `getPeerCertificate(true)` follows issuers instead: it drops what does not chain
 * and hides a wrong order. Node does not promise this; tests/integration pins it.
 */
function asSent(first: X509Certificate | undefined): Buffer[] {
  const list: Buffer[] = [];
  for (let next = first; next !== undefined && list.length < mostCertificates; next = next.issuerCertificate)
    list.push(next.raw);
  return list;
}

async function secured(tls: TLSSocket, tap: Tap, whole: Deadline): Promise<ProbeFailure | null> {
  return new Promise((resolve) => {
    tls.once('secureConnect', () => resolve(null));
    tls.on('error', (error: NodeJS.ErrnoException) => resolve(tap.failure ?? failureOf(error, 'handshake')));
    tls.once('close', () => resolve(tap.failure ?? { reason: 'connection-closed', stage: 'handshake' }));
    whole.onLate(() => resolve({ reason: 'timed-out', stage: 'handshake', afterMs: whole.ms }));
  });
}

/** Between the wire and the TLS engine: keeps the first bytes, so that a peer that speaks no TLS can be named, and counts. */
class Tap extends Duplex {
  firstBytes: Buffer = Buffer.alloc(0);
  failure: ProbeFailure | null = null;
  #received = 0;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.failure ??= failureOf(error, 'handshake');
      this.destroy(error);
    });
    socket.on('close', () => this.destroy());
  }

  /** A TLS record of any version: content type 20 to 24, major version 3 (RFC 8446 section 5.1). */
  get looksLikeTls(): boolean {
    const [type = 0, major = 0] = this.firstBytes;
    return type >= 20 && type <= 24 && (this.firstBytes.length < 2 || major === 3);
  }

  #take(chunk: Buffer): void {
    if (this.firstBytes.length < 256) this.firstBytes = Buffer.concat([this.firstBytes, chunk.subarray(0, 256)]);
    this.#received += chunk.length;
    if (this.#received > mostBytes) {
      this.failure = { reason: 'limit-exceeded', limit: `${String(mostBytes)} bytes before the end of the handshake` };
      this.destroy(new Error('limit exceeded'));
      return;
    }
    if (!this.push(chunk)) this.#socket.pause();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }
}
