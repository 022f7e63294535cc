import type { Socket } from 'node:net';
import type { ProbeFailure } from '#model/observation.ts';
import { connected, failureOf, openReading, openSocket } from '../connect.ts';
import { Deadline } from '../deadline.ts';
import { speechOf } from '../speech.ts';
import { startTls, type Opening } from '../start-tls.ts';
import { alertTitle } from './algorithms.ts';
import { Malformation, noBytes } from './bytes.ts';
import type { Offer } from './client-hello.ts';
import { ServerFlight, type Flight } from './server-flight.ts';

/** What came of a look: the flight, another answer, or why there was none. */
export type Look =
  | { readonly answer: 'tls'; readonly flight: Flight; readonly milliseconds: number }
  | { readonly answer: 'refused' }
  | { readonly answer: 'not-tls'; readonly speech: ReturnType<typeof speechOf>; readonly firstBytes: string }
  /** `spokeTls`: the peer answered in TLS before it failed, so the port is a TLS port. */
  | { readonly answer: 'none'; readonly spokeTls: boolean; readonly failure: ProbeFailure };

/** Where to connect, and how the way to TLS begins there; TLS at once unless said. */
export interface Way {
  readonly address: string;
  readonly port: number;
  readonly opening?: Opening;
}

/** A peer that sends more than this before the end of its flight is cut off. */
const mostBytes = 2 << 20;

/** One connection: a ClientHello, the server's first flight, the end. Sends no secret and finishes no handshake. */
export async function look(
  target: Way,
  offer: Offer,
  limits: { readonly connectMs: number; readonly probeMs: number },
  proof: 'proof' | 'no-proof' = 'proof',
): Promise<Look> {
  const startedAt = performance.now();
  const reading = new Reading(new ServerFlight(offer, proof));
  const { opening = 'tls' } = target;
  const socket = opening === 'tls' ? openReading(target, reading.take) : openSocket(target);
  const whole = new Deadline(limits.probeMs);
  try {
    const failure = await connected(socket, limits.connectMs, whole);
    if (failure?.reason === 'connection-refused') return { answer: 'refused' };
    if (failure !== null) return { answer: 'none', spokeTls: false, failure };
    if (opening !== 'tls') {
      const opened = await startTls(socket, opening, offer.serverName ?? target.address, whole);
      if (opened.answer === 'not-tls') return opened;
      if (opened.answer === 'none') return { answer: 'none', spokeTls: false, failure: opened.failure };
      socket.on('data', reading.take);
    }
    const read = await reading.from(socket, whole);
    if ('flight' in read) return { answer: 'tls', flight: read.flight, milliseconds: performance.now() - startedAt };
    const { first } = read;
    if (first.length > 0 && !looksLikeTls(first)) {
      return { answer: 'not-tls', speech: speechOf(first), firstBytes: first.subarray(0, 64).toString('latin1') };
    }
    return { answer: 'none', spokeTls: looksLikeTls(first), failure: read.failure };
  } finally {
    whole.clear();
    socket.destroy();
  }
}

type Read = { readonly flight: Flight } | { readonly failure: ProbeFailure; readonly first: Buffer };

/** Reads a flight off a socket, until its end or until it cannot come any more. */
class Reading {
  readonly #flight: ServerFlight;
  readonly #outcome = Promise.withResolvers<Read>();
  #socket: Socket | null = null;
  #first: Buffer = noBytes;
  #received = 0;

  constructor(flight: ServerFlight) {
    this.#flight = flight;
  }

  async from(socket: Socket, whole: Deadline): Promise<Read> {
    this.#socket = socket;
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(failureOf(error, 'handshake')));
    socket.on('close', () => this.#fail({ reason: 'connection-closed', stage: 'handshake' }));
    whole.onLate(() => this.#fail({ reason: 'timed-out', stage: 'handshake', afterMs: whole.ms }));
    socket.write(this.#flight.hello);
    return this.#outcome.promise;
  }

  /** Takes bytes as they come; keeps none of them where they are. */
  readonly take = (bytes: Buffer): void => {
    if (this.#first.length === 0) this.#first = Buffer.from(bytes.subarray(0, 256));
    else if (this.#first.length < 256) this.#first = Buffer.concat([this.#first, bytes.subarray(0, 256)]);
    this.#received += bytes.length;
    if (this.#received > mostBytes) {
      this.#fail({ reason: 'limit-exceeded', limit: `${String(mostBytes)} bytes before the end of the flight` });
      return;
    }
    try {
      this.#advance(bytes);
    } catch (error) {
      if (!(error instanceof Malformation)) throw error;
      this.#fail({ reason: 'tls-protocol-error', code: error.message });
    }
  };

  #advance(bytes: Buffer): void {
    let progress = this.#flight.push(bytes);
    // What came behind a HelloRetryRequest is read too.
    while (progress.next === 'send') {
      this.#socket?.write(progress.bytes);
      progress = this.#flight.push(noBytes);
    }
    if (progress.next === 'done') this.#outcome.resolve({ flight: progress.flight });
    else if (progress.next === 'alert') this.#fail({ reason: 'tls-alert', alert: alertTitle(progress.description) });
  }

  #fail(failure: ProbeFailure): void {
    this.#outcome.resolve({ failure, first: this.#first });
  }
}

/** A TLS record of any version: content type 20 to 24, major version 3 (RFC 8446 section 5.1). */
function looksLikeTls(first: Buffer): boolean {
  const [type = 0, major = 3] = first;
  return type >= 20 && type <= 24 && major === 3;
}
