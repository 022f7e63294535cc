import type { Socket } from 'node:net';
import type { ProbeFailure } from '#model/observation.ts';
import { connected, failureOf, openReading, openSocket } from '../connect.ts';
import { Deadline, timerMs } from '../deadline.ts';
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

interface Limits {
  readonly connectMs: number;
  readonly probeMs: number;
}

/** One connection: a ClientHello, the server's first flight, the end. Sends no secret and finishes no handshake. */
export function look(target: Way, offer: Offer, limits: Limits, proof: 'proof' | 'no-proof' = 'proof'): Promise<Look> {
  const flight = new ServerFlight(offer, proof);
  const { opening = 'tls' } = target;
  if (opening === 'tls') return new Promise((resolve) => lookAtOnce(target, flight, limits, resolve));
  return lookBehind(target, opening, flight, limits, offer.serverName ?? target.address);
}

/** Where TLS begins with the connection. Thousands wait at once for peers that say nothing: one timer and one promise for each. */
function lookAtOnce(target: Way, flight: ServerFlight, limits: Limits, tell: (look: Look) => void): void {
  const startedAt = performance.now();
  const probeMs = timerMs(limits.probeMs);
  const connectMs = Math.min(timerMs(limits.connectMs), probeMs);
  let stage: 'connect' | 'handshake' = 'connect';
  let isOver = false;
  const reading = new Reading(flight, (read) => {
    isOver = true;
    clearTimeout(timer);
    socket.destroy();
    tell(lookOf(read, startedAt));
  });
  const socket = openReading(target, reading.take);
  // Nearly all have answered by the end of the time to connect: the other deadline is watched where it comes to that.
  const watch = (watched: typeof stage, allowedMs: number, inMs: number): NodeJS.Timeout =>
    setTimeout(() => {
      // What came in time and waits for us is taken first: who is asked must not pay for what else this process has to do.
      setImmediate(() => {
        if (stage === watched) reading.fail({ reason: 'timed-out', stage, afterMs: allowedMs });
        else if (!isOver) timer = watch(stage, probeMs, startedAt + probeMs - performance.now());
      });
    }, inMs);
  let timer = watch('connect', connectMs, connectMs);
  socket.on('error', (error: NodeJS.ErrnoException) => reading.fail(failureOf(error, stage)));
  socket.on('close', () => reading.fail({ reason: 'connection-closed', stage }));
  socket.on('connect', () => {
    stage = 'handshake';
    reading.over(socket);
  });
}

/** Where another protocol leads to TLS. */
async function lookBehind(
  target: Way,
  opening: Opening,
  flight: ServerFlight,
  limits: Limits,
  host: string,
): Promise<Look> {
  const startedAt = performance.now();
  const socket = openSocket(target);
  const whole = new Deadline(limits.probeMs);
  try {
    const failure = await connected(socket, limits.connectMs, whole);
    if (failure !== null) return lookOf({ failure, first: noBytes }, startedAt);
    const opened = await startTls(socket, opening, host, whole);
    if (opened.answer === 'not-tls') return opened;
    if (opened.answer === 'none') return { answer: 'none', spokeTls: false, failure: opened.failure };
    const read = await new Promise<Read>((resolve) => {
      const reading = new Reading(flight, resolve);
      socket.on('error', (error: NodeJS.ErrnoException) => reading.fail(failureOf(error, 'handshake')));
      socket.on('close', () => reading.fail({ reason: 'connection-closed', stage: 'handshake' }));
      whole.onLate(() => reading.fail({ reason: 'timed-out', stage: 'handshake', afterMs: whole.ms }));
      socket.on('data', reading.take);
      reading.over(socket);
    });
    return lookOf(read, startedAt);
  } finally {
    whole.clear();
    socket.destroy();
  }
}

type Read = { readonly flight: Flight } | { readonly failure: ProbeFailure; readonly first: Buffer };

function lookOf(read: Read, startedAt: number): Look {
  if ('flight' in read) return { answer: 'tls', flight: read.flight, milliseconds: performance.now() - startedAt };
  const { first, failure } = read;
  if (failure.reason === 'connection-refused') return { answer: 'refused' };
  if (first.length > 0 && !looksLikeTls(first))
    return { answer: 'not-tls', speech: speechOf(first), firstBytes: first.subarray(0, 64).toString('latin1') };
  return { answer: 'none', spokeTls: looksLikeTls(first), failure };
}

/** Reads a flight off what comes, until its end or until it cannot come any more: whichever is first is told, once. */
class Reading {
  readonly #flight: ServerFlight;
  #tell: ((read: Read) => void) | null;
  #socket: Socket | null = null;
  #first: Buffer = noBytes;
  #received = 0;

  constructor(flight: ServerFlight, tell: (read: Read) => void) {
    this.#flight = flight;
    this.#tell = tell;
  }

  /** Begins, on a socket that is connected. */
  over(socket: Socket): void {
    this.#socket = socket;
    socket.write(this.#flight.hello);
  }

  /** Takes bytes as they come; keeps none of them where they are. */
  readonly take = (bytes: Buffer): void => {
    if (this.#tell === null) return;
    if (this.#first.length === 0) this.#first = Buffer.from(bytes.subarray(0, 256));
    else if (this.#first.length < 256) this.#first = Buffer.concat([this.#first, bytes.subarray(0, 256)]);
    this.#received += bytes.length;
    if (this.#received > mostBytes) {
      this.fail({ reason: 'limit-exceeded', limit: `${String(mostBytes)} bytes before the end of the flight` });
      return;
    }
    try {
      this.#advance(bytes);
    } catch (error) {
      if (!(error instanceof Malformation)) throw error;
      this.fail({ reason: 'tls-protocol-error', code: error.message });
    }
  };

  fail(failure: ProbeFailure): void {
    this.#end({ failure, first: this.#first });
  }

  #advance(bytes: Buffer): void {
    let progress = this.#flight.push(bytes);
    // What came behind a HelloRetryRequest is read too.
    while (progress.next === 'send') {
      this.#socket?.write(progress.bytes);
      progress = this.#flight.push(noBytes);
    }
    if (progress.next === 'done') this.#end({ flight: progress.flight });
    else if (progress.next === 'alert') this.fail({ reason: 'tls-alert', alert: alertTitle(progress.description) });
  }

  #end(read: Read): void {
    const tell = this.#tell;
    this.#tell = null;
    tell?.(read);
  }
}

/** A TLS record of any version: content type 20 to 24, major version 3 (RFC 8446 section 5.1). */
function looksLikeTls(first: Buffer): boolean {
  const [type = 0, major = 3] = first;
  return type >= 20 && type <= 24 && major === 3;
}
