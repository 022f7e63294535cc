import * as z from 'zod';
import { certificatesOfPem, requestsOfPem } from '#model/pem.ts';
import { askBasic, unexpectedAnswer, type BasicAccess } from './basic-https.ts';
import type { StoreSnapshot } from './store-snapshot.ts';
import type { HttpLimits } from './verified-https.ts';

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
export async function readSnapshot(access: BasicAccess, limits: HttpLimits): Promise<StoreSnapshot> {
  const text = (await askBasic(access, { path, accept: 'application/json' }, limits)).toString('utf8');
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) throw unexpectedAnswer(path, z.prettifyError(parsed.error));
  const first = (list: readonly Buffer[], what: string): Buffer => {
    if (list[0] === undefined) throw unexpectedAnswer(path, `no certificate in ${what}`);
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
