import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { Sha256 } from '#model/names.ts';
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
  /** Certificates that are taken as they are. */
  readonly pinned: readonly Sha256[];
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
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

/**
 * A connection to a server that has proved itself. The handshake is finished whatever the certificate, so that a pinned one is known by
 * its octets, expired or not; nothing is said over it before the verdict.
 */
async function connectTo({ host, port, serverName, anchors, pinned }: VerifiedServer, ms: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      // An address is no server_name (RFC 6066 section 3), but it is what the certificate must be for.
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      checkServerIdentity: (_name, certificate) => checkServerIdentity(serverName, certificate),
      ca: anchors.map(toPem),
      allowPartialTrustChain: true,
      rejectUnauthorized: false,
    });
    const fail = (failure: ProbeFailure): void => {
      socket.destroy();
      reject(new ProbeError(failure));
    };
    const timer = setTimeout(() => fail({ reason: 'timed-out', stage: 'connect', afterMs: ms }), ms);
    socket.on('close', () => clearTimeout(timer));
    socket.on('error', (error: NodeJS.ErrnoException) => fail(failureOf(error, ms)));
    socket.on('secureConnect', () => {
      clearTimeout(timer);
      if (socket.authorized || pinned.includes(sha256(socket.getPeerCertificate().raw))) resolve(socket);
      else fail({ reason: 'tls-protocol-error', code: codeOf(socket.authorizationError) });
    });
  });
}

/** Node gives the error where it documents its code. */
function codeOf(doubt: NodeJS.ErrnoException | string | null): string {
  return typeof doubt === 'string' ? doubt : (doubt?.code ?? 'UNPROVED');
}

function failureOf(error: NodeJS.ErrnoException, ms: number): ProbeFailure {
  if (error instanceof ProbeError) return error.failure;
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { reason: 'timed-out', stage: 'dialogue', afterMs: ms };
  if (error.code === 'ECONNREFUSED') return { reason: 'connection-refused' };
  return { reason: 'tls-protocol-error', code: error.code ?? error.message };
}
