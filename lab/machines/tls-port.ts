import { constants, type KeyObject, type X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';

/** What a port shows to who connects. */
export type Presentation =
  | { readonly as: 'closed' }
  | { readonly as: 'http' }
  | { readonly as: 'tls'; readonly certificates: readonly X509Certificate[]; readonly key: KeyObject };

export const closed: Presentation = { as: 'closed' };

/** Where a port is reached. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** Listens, or rejects with the system's error. */
export async function listen(server: Server, place: Place): Promise<Place> {
  server.listen({ host: place.address, port: place.port, exclusive: true });
  await once(server, 'listening');
  return { address: place.address, port: (server.address() as AddressInfo).port };
}

function contextOf(presentation: Presentation & { as: 'tls' }): SecureContextOptions {
  return {
    key: presentation.key.export({ type: 'pkcs8', format: 'pem' }),
    // In the order of the list: OpenSSL sends them as they stand here.
    cert: presentation.certificates.map((certificate) => certificate.toString()).join(''),
    minVersion: 'TLSv1.2',
    // Level 0 lets the lab present what a current OpenSSL would not: RSA 1024, SHA-1.
    // The TLS 1.3 suites are named because Node drops TLS 1.3 from a list without them.
    ciphers: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ALL:!aNULL:!eNULL:@SECLEVEL=0',
    // A resumed session presents no certificate.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** One port of a machine. What it shows changes without a pause; only closing closes it. */
export class TlsPort {
  readonly number: number;
  readonly place: Place;
  readonly #answer: RequestListener;
  readonly #sockets = new Set<Socket>();
  #server: HttpServer | HttpsServer | null = null;
  #presents: Presentation = closed;
  #turn: Promise<void> = Promise.resolve();

  constructor(number: number, place: Place, answer: RequestListener) {
    this.number = number;
    this.place = place;
    this.#answer = answer;
  }

  get presents(): Presentation {
    return this.#presents;
  }

  /** One change at a time, in the order they were asked for. */
  async present(presentation: Presentation): Promise<void> {
    const turn = this.#turn.then(() => this.#change(presentation));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #change(presentation: Presentation): Promise<void> {
    if (presentation === this.#presents) return;
    if (presentation.as === 'tls' && this.#server instanceof HttpsServer) {
      this.#server.setSecureContext(contextOf(presentation));
      this.#presents = presentation;
      return;
    }
    await this.#close();
    if (presentation.as === 'closed') return;
    const server =
      presentation.as === 'tls'
        ? createHttpsServer(contextOf(presentation), this.#answer)
        : createHttpServer(this.#answer);
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    });
    // A client that does not like the certificate, or that is no client at all, ends its own connection only.
    server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
    // A TLS client at a plain HTTP port is answered as HTTP servers answer it.
    server.on('clientError', (_error: Error, socket: Socket) => {
      if (presentation.as === 'http' && socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
    await listen(server, this.place);
    this.#server = server;
    this.#presents = presentation;
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#presents = closed;
    if (server === null) return;
    const gone = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await gone;
  }
}
