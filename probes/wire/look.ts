import type { Socket } from 'node:net';
import type { ProbeFailure } from '#model/observation.ts';
import { connected, failureOf, openSocket } from '../connect.ts';
import { Deadline } from '../deadline.ts';
import { speechOf } from '../speech.ts';
import { startTls, type Opening } from '../start-tls.ts';
import { alertTitle } from './algorithms.ts';
import { Malformation } from './bytes.ts';
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
  const socket = openSocket(target);
  const whole = new Deadline(limits.probeMs);
  try {
    const failure = await connected(socket, limits.connectMs, whole);
    if (failure?.reason === 'connection-refused') return { answer: 'refused' };
    if (failure !== null) return { answer: 'none', spokeTls: false, failure };
    const opened = await startTls(socket, target.opening ?? 'tls', offer.serverName ?? target.address, whole);
    if (opened.answer === 'not-tls') return opened;
    if (opened.answer === 'none') return { answer: 'none', spokeTls: false, failure: opened.failure };
    const read = await readFlight(socket, new ServerFlight(offer, proof), whole);
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

async function readFlight(socket: Socket, flight: ServerFlight, whole: Deadline): Promise<Read> {
  let first: Buffer = Buffer.alloc(0);
  let received = 0;
  return new Promise((resolve) => {
    const fail = (failure: ProbeFailure): void => resolve({ failure, first });
    socket.on('error', (error: NodeJS.ErrnoException) => fail(failureOf(error, 'handshake')));
    socket.on('close', () => fail({ reason: 'connection-closed', stage: 'handshake' }));
    whole.onLate(() => fail({ reason: 'timed-out', stage: 'handshake', afterMs: whole.ms }));
    socket.on('data', (bytes) => {
      if (first.length < 256) first = Buffer.concat([first, bytes.subarray(0, 256)]);
      received += bytes.length;
      if (received > mostBytes) {
        fail({ reason: 'limit-exceeded', limit: `${String(mostBytes)} bytes before the end of the flight` });
        return;
      }
      try {
        let progress = flight.push(bytes);
        // What came behind a HelloRetryRequest is read too.
        while (progress.next === 'send') {
          socket.write(progress.bytes);
          progress = flight.push(Buffer.alloc(0));
        }
        if (progress.next === 'done') resolve({ flight: progress.flight });
        else if (progress.next === 'alert') fail({ reason: 'tls-alert', alert: alertTitle(progress.description) });
      } catch (error) {
        if (!(error instanceof Malformation)) throw error;
        fail({ reason: 'tls-protocol-error', code: error.message });
      }
    });
    socket.write(flight.hello);
  });
}

/** A TLS record of any version: content type 20 to 24, major version 3 (RFC 8446 section 5.1). */
function looksLikeTls(first: Buffer): boolean {
  const [type = 0, major = 3] = first;
  return type >= 20 && type <= 24 && major === 3;
}
