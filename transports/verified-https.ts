import { createHash } from 'node:crypto';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';
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
export async function ask(
  server: VerifiedServer,
  { method, path, headers, body }: HttpRequest,
  { connectMs, ms, octets }: HttpLimits,
): Promise<HttpAnswer> {
  const { host, port, serverName, anchors, pinned } = server;
  return new Promise((resolve, reject) => {
    const asked = request({
      method,
      host,
      port,
      path,
      servername: serverName,
      headers: {
        host: serverName,
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      ca: [...anchors, ...pinned].map(toPem),
      // A pinned certificate that somebody else issued ends a path as it stands.
      allowPartialTrustChain: true,
      checkServerIdentity: (name, certificate) => doubtOf(server, name, certificate),
      agent: false,
      signal: AbortSignal.timeout(ms),
    });
    asked.on('socket', (socket) => {
      const late = new ProbeError({ reason: 'timed-out', stage: 'connect', afterMs: connectMs });
      const timer = setTimeout(() => asked.destroy(late), connectMs);
      socket.once('secureConnect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
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

/** Why the server is not the one that is meant, or undefined: a pinned certificate stands for itself and vouches for no other. */
function doubtOf({ anchors, pinned }: VerifiedServer, name: string, certificate: PeerCertificate): Error | undefined {
  const isOneOf = (list: readonly Uint8Array[], { raw }: PeerCertificate): boolean =>
    list.some((der) => digestOf(der) === digestOf(raw));
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

function digestOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

function failureOf(error: NodeJS.ErrnoException, ms: number): ProbeFailure {
  if (error instanceof ProbeError) return error.failure;
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { reason: 'timed-out', stage: 'dialogue', afterMs: ms };
  if (error.code === 'ECONNREFUSED') return { reason: 'connection-refused' };
  return { reason: 'tls-protocol-error', code: error.code ?? error.message };
}
