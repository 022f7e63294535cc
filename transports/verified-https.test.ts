import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { ProbeError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import { authority, certificate } from '#tests/support/certificates.ts';
import { ask, type VerifiedServer } from './verified-https.ts';

const day = 86_400_000;
const around = { notBefore: new Date(Date.now() - 30 * day), notAfter: new Date(Date.now() + 30 * day) };
const past = { notBefore: new Date(Date.now() - 30 * day), notAfter: new Date(Date.now() - day) };
const root = authority('Root CA', around);
const name = 'uccx1.example.com';
const good = certificate({ ...around, commonName: name, issuer: root });
const expired = certificate({ ...past, commonName: name, issuer: root });
const own = certificate({ ...past, commonName: name });
const other = certificate({ ...around, commonName: 'uccx2.example.com', issuer: root });

type Case = [what: string, presented: typeof good, proof: Partial<VerifiedServer>, verdict: string];

test.each<Case>([
  ['an anchor', good, { anchors: [root.der] }, 'asked'],
  ['an anchor that is the certificate itself', good, { anchors: [good.der] }, 'asked'],
  ['nothing', good, {}, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ['another anchor', good, { anchors: [own.der] }, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ['an anchor, but not the name', other, { anchors: [root.der] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['an anchor, but it has expired', expired, { anchors: [root.der] }, 'CERT_HAS_EXPIRED'],
  ['itself, pinned', good, { pinned: [good.der] }, 'asked'],
  ['itself, pinned, but it has expired', own, { pinned: [own.der] }, 'CERT_HAS_EXPIRED'],
  ['itself, pinned, though it has another name', other, { pinned: [other.der] }, 'asked'],
  ['its pinned issuer, which vouches for no other', good, { pinned: [root.der] }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
])('what proves a server: %s', async (_what, { der, key }, proof, verdict) => {
  let requests = 0;
  const pem = key.privateKey?.export({ type: 'pkcs8', format: 'pem' }) ?? '';
  const server = createServer({ key: pem, cert: toPem(der) }, (_request, response) => {
    requests += 1;
    response.end('a page');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const place = { host: '127.0.0.1', port, serverName: name, anchors: [], pinned: [] };
  try {
    const answer = ask(
      { ...place, ...proof },
      { method: 'GET', path: '/', headers: {} },
      { connectMs: 5000, ms: 5000, octets: 1000 },
    );
    const said = await answer.then(({ body }) => body.toString(), failureOf);
    expect(said).toEqual(verdict === 'asked' ? 'a page' : { reason: 'not-verified', code: verdict });
    expect(requests).toBe(verdict === 'asked' ? 1 : 0);
  } finally {
    server.close();
  }
});

function failureOf(error: unknown): unknown {
  return error instanceof ProbeError ? error.failure : error;
}
