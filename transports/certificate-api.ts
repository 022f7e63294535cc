import { z } from 'zod';
import { ProbeError } from '#model/errors.ts';
import { certificatesOfPem, requestsOfPem } from '#model/pem.ts';
import type { StoreSnapshot } from './store-snapshot.ts';
import { ask, type HttpLimits, type VerifiedServer } from './verified-https.ts';

/** Where the certificate API is and who asks. The password goes to a server that has proved itself, and to no other. */
export interface ApiAccess extends VerifiedServer {
  readonly user: string;
  readonly password: string;
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

/** Reads what the machine keeps, in one request. Throws `ProbeError`. */
export async function readSnapshot(access: ApiAccess, limits: HttpLimits): Promise<StoreSnapshot> {
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

async function get(access: ApiAccess, limits: HttpLimits): Promise<string> {
  const { user, password } = access;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const headers = { accept: 'application/json', authorization };
  const { status, body } = await ask(access, { method: 'GET', path, headers }, limits);
  if (status === 200) return body.toString('utf8');
  if (status === 401) throw new ProbeError({ reason: 'not-authorised', as: user });
  throw unexpected(`status ${String(status)}`);
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
