import { request, type RequestOptions } from 'node:https';
import { ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { toPem } from '#model/pem.ts';

/** A web server, and who asks. The password goes to a peer whose path ends in one of the anchors, and to no other. */
export interface HttpsPeer {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be for. */
  readonly serverName: string;
  readonly user: string;
  readonly password: string;
  /** DER. */
  readonly anchors: readonly Uint8Array[];
}

/** What is asked: a form that is given makes it a POST. */
export interface Asked {
  readonly path: string;
  readonly accept: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** Milliseconds and octets. */
export interface HttpsLimits {
  readonly ms: number;
  readonly octets: number;
}

/** Asks once, with HTTP Basic over verified TLS; gives the body of a 200. Throws `ProbeError`. */
export async function askHttps(peer: HttpsPeer, asked: Asked, { ms, octets }: HttpsLimits): Promise<Buffer> {
  const body = asked.form === undefined ? null : new URLSearchParams(asked.form).toString();
  const options: RequestOptions = {
    host: peer.host,
    port: peer.port,
    path: asked.path,
    method: body === null ? 'GET' : 'POST',
    servername: peer.serverName,
    auth: `${peer.user}:${peer.password}`,
    headers: {
      host: peer.serverName,
      accept: asked.accept,
      ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ca: peer.anchors.map(toPem),
    agent: false,
    signal: AbortSignal.timeout(ms),
  };
  return new Promise((resolve, reject) => {
    const sent = request(options);
    sent.on('error', (error: NodeJS.ErrnoException) => reject(new ProbeError(failureOf(error, ms), { cause: error })));
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        parts.push(part);
        if (length > octets)
          sent.destroy(new ProbeError({ reason: 'limit-exceeded', limit: `${String(octets)} octets` }));
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts));
        else if (response.statusCode === 401) reject(new ProbeError({ reason: 'not-authorised', as: peer.user }));
        else reject(unexpectedAnswer(asked.path, `status ${String(response.statusCode)}`));
      });
    });
    sent.end(body ?? undefined);
  });
}

/** An answer that is none of those known. */
export function unexpectedAnswer(to: string, answer: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to, answer: answer.slice(0, 300) });
}

function failureOf(error: NodeJS.ErrnoException, ms: number): ProbeFailure {
  if (error instanceof ProbeError) return error.failure;
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { reason: 'timed-out', stage: 'dialogue', afterMs: ms };
  if (error.code === 'ECONNREFUSED') return { reason: 'connection-refused' };
  return { reason: 'tls-protocol-error', code: error.code ?? error.message };
}
