import { constants, getDiffieHellman, type KeyObject, type X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import {
  createServer as createTlsServer,
  Server as TlsServer,
  type SecureContextOptions,
  type SecureVersion,
  type TlsOptions,
} from 'node:tls';
import type { Application } from '../applications/application.ts';
import { listen, type Place } from './listen.ts';

/** What a port shows to who connects. */
export type Presentation = { readonly as: 'closed' } | { readonly as: 'http' } | TlsPresentation;

/** One certificate with what is sent behind it, and its key. */
interface Credential {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
}

/** A port that speaks TLS, as well or as badly as it is told to. */
export interface TlsPresentation extends Credential {
  readonly as: 'tls';
  /** A second credential, of another type of key: clients get the one that suits them. */
  readonly second?: Credential;
  /** The oldest and the newest version spoken; 1.2 and 1.3 unless said. */
  readonly versions?: readonly [oldest: SecureVersion, newest: SecureVersion];
  /** A group of RFC 2409 or RFC 3526 for ephemeral Diffie-Hellman; none unless said. */
  readonly group?: 'modp2' | 'modp14';
  /** Authorities whose client certificates are asked for, and whether one must be shown. */
  readonly clientCertificates?: { readonly authorities: readonly X509Certificate[]; readonly required: boolean };
}

export const closed: Presentation = { as: 'closed' };

function contextOf({ second, versions, group, clientCertificates, ...first }: TlsPresentation): SecureContextOptions {
  const credentials = [first, ...(second === undefined ? [] : [second])];
  const [minVersion, maxVersion] = versions ?? ['TLSv1.2', 'TLSv1.3'];
  return {
    key: credentials.map(({ key }) => key.export({ type: 'pkcs8', format: 'pem' })),
    // In the order of the list: OpenSSL sends them as they stand here.
    cert: credentials.map(({ certificates }) => textOf(certificates)),
    minVersion,
    maxVersion,
    ...(group === undefined ? {} : { dhparam: parametersOf(group) }),
    ...(clientCertificates === undefined ? {} : { ca: textOf(clientCertificates.authorities) }),
    // Level 0 lets the lab present what a current OpenSSL would not: RSA 1024, SHA-1.
    // The TLS 1.3 suites are named because Node drops TLS 1.3 from a list without them.
    ciphers: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ALL:!aNULL:!eNULL:@SECLEVEL=0',
    // A resumed session presents no certificate.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

function textOf(certificates: readonly X509Certificate[]): string {
  return certificates.map((certificate) => certificate.toString()).join('');
}

/** DHParameter of PKCS #3 in PEM: a SEQUENCE of the prime and the generator. */
export function parametersOf(group: string): string {
  const known = getDiffieHellman(group);
  const integer = (value: Buffer): Buffer => derOf(0x02, (value[0] ?? 0) > 0x7f ? Buffer.from([0, ...value]) : value);
  const base64 = derOf(0x30, Buffer.concat([integer(known.getPrime()), integer(known.getGenerator())])).toString(
    'base64',
  );
  return `-----BEGIN DH PARAMETERS-----\n${base64}\n-----END DH PARAMETERS-----\n`;
}

function derOf(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(header), content]);
}

/** Whether clients are asked for a certificate: that is the server's for good, not the context's. */
function asks({ clientCertificates }: TlsPresentation): TlsOptions {
  if (clientCertificates === undefined) return {};
  // eslint-disable-next-line no-restricted-syntax -- of a server this asks whether a client must show a certificate
  return { requestCert: true, rejectUnauthorized: clientCertificates.required };
}

/** One port of a machine. What it shows changes without a pause; only closing closes it. */
export class TlsPort {
  readonly number: number;
  readonly place: Place;
  readonly #application: Application;
  readonly #sockets = new Set<Socket>();
  #server: HttpServer | TlsServer | null = null;
  #presents: Presentation = closed;
  #turn: Promise<void> = Promise.resolve();

  constructor(number: number, place: Place, application: Application) {
    this.number = number;
    this.place = place;
    this.#application = application;
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
    const isLike =
      presentation.as === 'tls' &&
      this.#presents.as === 'tls' &&
      presentation.clientCertificates?.required === this.#presents.clientCertificates?.required;
    if (isLike && this.#server instanceof TlsServer) {
      this.#server.setSecureContext(contextOf(presentation));
      this.#presents = presentation;
      return;
    }
    await this.#close();
    if (presentation.as === 'closed') return;
    const server = serverFor(presentation, this.#application);
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

/** A server that shows what it is told to, with the application behind it; one that does not speak HTTP has TLS alone. */
function serverFor(
  presentation: Exclude<Presentation, { as: 'closed' }>,
  application: Application,
): HttpServer | TlsServer {
  if (application.speaks === 'xmpp') {
    return presentation.as === 'tls'
      ? createTlsServer({ ...contextOf(presentation), ...asks(presentation) }, application.converse)
      : createHttpServer();
  }
  const server =
    presentation.as === 'tls'
      ? createHttpsServer({ ...contextOf(presentation), ...asks(presentation) }, application.answer)
      : createHttpServer(application.answer);
  return server.on('upgrade', application.upgrade);
}
