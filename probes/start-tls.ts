import type { Socket } from 'node:net';
import type { ProbeFailure } from '#model/observation.ts';
import { failureOf } from './connect.ts';
import type { Deadline } from './deadline.ts';
import { speechOf } from './speech.ts';
import { Malformation } from './wire/bytes.ts';
import { StreamOpening } from './wire/stream-opening.ts';

/** What a connection begins with before TLS: nothing, or XMPP and its STARTTLS. */
export type Opening = 'tls' | 'xmpp';

/** The way to TLS stands; or the peer speaks and offers none; or nobody knows why not. */
export type Opened =
  | { readonly answer: 'ready' }
  | { readonly answer: 'not-tls'; readonly speech: ReturnType<typeof speechOf>; readonly firstBytes: string }
  | { readonly answer: 'none'; readonly failure: ProbeFailure };

/** Goes from a connection to the place where TLS begins (RFC 6120 section 5). Leaves nothing listening on the socket. */
export async function startTls(socket: Socket, opening: Opening, host: string, whole: Deadline): Promise<Opened> {
  if (opening === 'tls') return { answer: 'ready' };
  const stream = new StreamOpening(host);
  let first: Buffer = Buffer.alloc(0);
  let leave = (): void => undefined;
  try {
    return await new Promise<Opened>((resolve) => {
      const fail = (failure: ProbeFailure): void => resolve({ answer: 'none', failure });
      const onError = (error: NodeJS.ErrnoException): void => fail(failureOf(error, 'handshake'));
      const onClose = (): void => fail({ reason: 'connection-closed', stage: 'handshake' });
      const onData = (bytes: Buffer): void => {
        if (first.length < 256) first = Buffer.concat([first, bytes.subarray(0, 256)]);
        try {
          let progress = stream.push(bytes);
          while (progress.next === 'send') {
            socket.write(progress.bytes);
            progress = stream.push(Buffer.alloc(0));
          }
          if (progress.next === 'tls') resolve({ answer: 'ready' });
          if (progress.next === 'no-tls') {
            const firstBytes = first.subarray(0, 64).toString('latin1');
            resolve({ answer: 'not-tls', speech: speechOf(first), firstBytes });
          }
        } catch (error) {
          if (!(error instanceof Malformation)) throw error;
          fail({ reason: 'tls-protocol-error', code: error.message });
        }
      };
      socket.on('error', onError).on('close', onClose).on('data', onData);
      leave = () => void socket.off('error', onError).off('close', onClose).off('data', onData);
      whole.onLate(() => fail({ reason: 'timed-out', stage: 'handshake', afterMs: whole.ms }));
      socket.write(stream.header);
    });
  } finally {
    leave();
  }
}
