import { request } from 'node:https';
import { z } from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { certificatesOfPem, requestsOfPem, toPem } from '#model/pem.ts';

/** Where the certificate API is and who asks. The password goes to a peer whose path ends in one of the anchors, and to no other. */
export interface ApiAccess {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be for. */
  readonly serverName: string;
  readonly user: string;
  readonly password: string;
  /** DER. */
  readonly anchors: readonly Uint8Array[];
}

/** All that a VOS machine keeps, by unit and by trust store. */
export interface ApiSnapshot {
  readonly identities: ReadonlyMap<string, { readonly certificate: Buffer; readonly request: Buffer | null }>;
  readonly trust: ReadonlyMap<string, readonly { readonly name: string; readonly der: Buffer }[]>;
}

const path = '/platformcom/api/v1/certmgr/config/snapshot/server';
/** As public clients read the answer; what else stands in it is passed over. */
const Answer = z.object({
  identities: z.array(z.object({ service: z.string(), certificate: z.string(), csr: z.string().optional() })),
  trusts: z.array(
    z.object({
      service: z.string(),
      certificate_data: z.array(z.object({ filename: z.string(), certificate: z.string() })),
    }),
  ),
});

/** Reads what the machine keeps, in one request. Milliseconds and octets as limits. Throws `ProbeError`. */
export async function readSnapshot(access: ApiAccess, limits: { ms: number; octets: number }): Promise<ApiSnapshot> {
  const text = await get(access, limits);
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) throw unexpected(z.prettifyError(parsed.error));
  const first = (list: readonly Buffer[], what: string): Buffer => {
    if (list[0] === undefined) throw unexpected(`no certificate in ${what}`);
    return list[0];
  };
  const { identities, trusts } = parsed.data;
  return {
    identities: new Map(
      identities.map(({ service, certificate, csr }) => [
        service,
        {
          certificate: first(certificatesOfPem(certificate), service),
          request: requestsOfPem(csr ?? '')[0] ?? null,
        },
      ]),
    ),
    trust: new Map(
      trusts.map(({ service, certificate_data: entries }) => [
        `${service}-trust`,
        entries.map(({ filename, certificate }) => ({
          name: filename,
          der: first(certificatesOfPem(certificate), filename),
        })),
      ]),
    ),
  };
}

async function get(access: ApiAccess, { ms, octets }: { ms: number; octets: number }): Promise<string> {
  const { host, port, serverName, user, password, anchors } = access;
  return new Promise((resolve, reject) => {
    const asked = request({
      host,
      port,
      path,
      servername: serverName,
      auth: `${user}:${password}`,
      headers: { host: serverName, accept: 'application/json' },
      ca: anchors.map(toPem),
      agent: false,
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
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts).toString('utf8'));
        else if (response.statusCode === 401) reject(new ProbeError({ reason: 'not-authorised', as: user }));
        else reject(unexpected(`status ${String(response.statusCode)}`));
      });
    });
    asked.end();
  });
}

function failureOf(error: NodeJS.ErrnoException, ms: number): ProbeFailure {
  if (error instanceof ProbeError) return error.failure;
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { reason: 'timed-out', stage: 'dialogue', afterMs: ms };
  if (error.code === 'ECONNREFUSED') return { reason: 'connection-refused' };
  return { reason: 'tls-protocol-error', code: error.code ?? error.message };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unexpected(answer: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to: path, answer: answer.slice(0, 300) });
}
