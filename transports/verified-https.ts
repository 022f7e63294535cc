import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import {
  checkServerIdentity,
  connect,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { toPem } from '#model/pem.ts';

/**
 * Where a web server is, and what must be proved before anything is said to it: a path to an anchor and the name, or one of the
 * pinned certificates exactly.
 */
export interface VerifiedServer {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be for. */
  readonly serverName: string;
  /** DER. */
  readonly anchors: readonly Uint8Array[];
  /** Certificates that are taken as they are, DER. */
  readonly pinned: readonly Uint8Array[];
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `connectMs` counts to the end of the handshake, `ms` to the end of the answer. */
export interface HttpLimits {
  readonly connectMs: number;
  readonly ms: number;
  readonly octets: number;
}

/** Asks once, over a connection of its own. Throws `ProbeError`. */
export async function ask(server: VerifiedServer, asked: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
  return converse(server, limits, (asking) => asking(asked));
}

/**
 * Asks several times over one connection, for what belongs to a connection: a sign-in by NTLM. `use` is given the way to ask, and the
 * certificate of the server, DER. Throws `ProbeError`.
 */
export async function converse<Result>(
  server: VerifiedServer,
  limits: HttpLimits,
  use: (asking: (asked: HttpRequest) => Promise<HttpAnswer>, certificate: Buffer) => Promise<Result>,
): Promise<Result> {
  const socket = await connectTo(server, limits.connectMs);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () => {
    if (socket.destroyed)
      throw new ProbeError({ reason: 'unexpected-answer', to: server.serverName, answer: 'it hung up' });
    return socket;
  };
  try {
    return await use((asked) => exchange(agent, server, asked, limits), socket.getPeerCertificate().raw);
  } finally {
    agent.destroy();
    socket.destroy();
  }
}

async function exchange(
  agent: Agent,
  { serverName }: VerifiedServer,
  { method, path, headers, body }: HttpRequest,
  { ms, octets }: HttpLimits,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      method,
      path,
      headers: {
        host: serverName,
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      agent,
      signal: AbortSignal.timeout(ms),
    });
    asked.on('error', (error: NodeJS.ErrnoException) => reject(new ProbeError(failureOf(error, ms), { cause: error })));
    asked.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        parts.push(part);
        if (length > octets)
          asked.destroy(new ProbeError({ reason: 'limit-exceeded', limit: `${String(octets)} octets` }));
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.end(body);
  });
}

/** A connection to a server that has proved itself. */
async function connectTo(server: VerifiedServer, ms: number): Promise<TLSSocket> {
  const { host, port, serverName, anchors, pinned } = server;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      // An address is no server_name (RFC 6066 section 3), but it is what the certificate must be for.
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      checkServerIdentity: (_name, certificate) => doubtOf(server, serverName, certificate),
      ca: [...anchors, ...pinned].map(toPem),
      // A pinned certificate that somebody else issued ends a path as it stands.
      allowPartialTrustChain: true,
    });
    const fail = (failure: ProbeFailure): void => {
      socket.destroy();
      reject(new ProbeError(failure));
    };
    const timer = setTimeout(() => fail({ reason: 'timed-out', stage: 'connect', afterMs: ms }), ms);
    socket.on('close', () => clearTimeout(timer));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const doubt: unknown = socket.authorizationError;
      fail(doubt == null ? failureOf(error, ms) : { reason: 'not-verified', code: error.code ?? error.message });
    });
    socket.on('secureConnect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

/** Why the server is not the one that is meant, or undefined: a pinned certificate stands for itself and vouches for no other. */
function doubtOf({ anchors, pinned }: VerifiedServer, name: string, certificate: PeerCertificate): Error | undefined {
  const isOneOf = (list: readonly Uint8Array[], { raw }: PeerCertificate): boolean =>
    list.some((der) => sha256(der) === sha256(raw));
  if (isOneOf(pinned, certificate)) return undefined;
  if (!pathOf(certificate).some((step) => isOneOf(anchors, step))) {
    return Object.assign(new Error('its path ends in no anchor'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  }
  return checkServerIdentity(name, certificate);
}

/** The verified path, the certificate of the server first. Node gives it in a ring that ends at itself. */
function pathOf(certificate: PeerCertificate): readonly PeerCertificate[] {
  const path: PeerCertificate[] = [];
  let step: Partial<DetailedPeerCertificate> & PeerCertificate = certificate;
  while (!path.includes(step)) {
    path.push(step);
    step = step.issuerCertificate ?? step;
  }
  return path;
}

function failureOf(error: NodeJS.ErrnoException, ms: number): ProbeFailure {
  if (error instanceof ProbeError) return error.failure;
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { reason: 'timed-out', stage: 'dialogue', afterMs: ms };
  switch (error.code) {
    case 'ECONNREFUSED':
      return { reason: 'connection-refused' };
    case 'ECONNRESET':
    case 'EPIPE':
      return { reason: 'connection-reset', stage: 'dialogue' };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { reason: 'host-unreachable', code: error.code };
    default:
      return { reason: 'tls-protocol-error', code: error.code ?? error.message };
  }
}
