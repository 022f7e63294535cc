import { connect, type Socket } from 'node:net';
import type { ProbeFailure } from '#model/observation.ts';
import { Deadline } from './deadline.ts';
import { alertTitle } from './wire/algorithms.ts';

/** Opens a connection. Whoever gets the socket destroys it, whether it stands or not. */
export function openSocket({ address, port }: { readonly address: string; readonly port: number }): Socket {
  return withoutNoise(connect({ host: address, port, noDelay: true }));
}

/** Every connection of `openReading` reads into it, one after the other: a reader keeps no piece, it copies what it wants. */
const shared = Buffer.alloc(1 << 16);

/** The same for somebody who only reads, and hears errors to the end: bytes go straight to `take`, without the stream and without memory of their own for each piece. */
export function openReading(
  { address, port }: { readonly address: string; readonly port: number },
  take: (bytes: Buffer) => void,
): Socket {
  const callback = (length: number): boolean => {
    take(shared.subarray(0, length));
    return true;
  };
  return connect({ host: address, port, onread: { buffer: shared, callback } });
}

/** Errors are told to whoever waits; one that comes when nobody does must not end the process. */
function withoutNoise(socket: Socket): Socket {
  return socket.on('error', () => undefined);
}

/** Waits until the connection stands; null, or why it does not. `whole`: the deadline of everything. */
export async function connected(socket: Socket, connectMs: number, whole: Deadline): Promise<ProbeFailure | null> {
  const connecting = new Deadline(connectMs);
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(null));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(failureOf(error, 'connect')));
      const late = (deadline: Deadline) => (): void =>
        resolve({ reason: 'timed-out', stage: 'connect', afterMs: deadline.ms });
      connecting.onLate(late(connecting));
      whole.onLate(late(whole));
    });
  } finally {
    connecting.clear();
  }
}

/** What an error of a socket or of the TLS engine means. */
export function failureOf(error: NodeJS.ErrnoException, stage: 'connect' | 'handshake'): ProbeFailure {
  const code = error.code ?? error.message;
  // OpenSSL's codes for one alert differ from version to version; the number does not.
  const alert = /SSL alert number (\d+)/.exec(error.message)?.[1];
  if (alert !== undefined) return { reason: 'tls-alert', alert: alertTitle(Number(alert)) };
  switch (code) {
    case 'ECONNREFUSED':
      return { reason: 'connection-refused' };
    case 'ETIMEDOUT':
      return { reason: 'timed-out', stage, afterMs: 0 };
    case 'ECONNRESET':
    case 'EPIPE':
      // Node words a peer that closes politely before the end of the handshake as a reset, too.
      return error.message.includes('disconnected before secure')
        ? { reason: 'connection-closed', stage }
        : { reason: 'connection-reset', stage };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
      return { reason: 'host-unreachable', code };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { reason: 'name-not-resolved', name: error.message.split(' ').at(-1) ?? '' };
    default:
      return { reason: 'tls-protocol-error', code };
  }
}
