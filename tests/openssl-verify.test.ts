import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { faultOf } from '#faults/index.ts';
import { judge } from '#faults/judge.ts';
import { isPresent } from '#model/verdict.ts';
import { toPem } from '#model/pem.ts';
import { keyPurpose } from '#x509/oids.ts';
import {
  authority,
  certificate,
  ecKey,
  edKey,
  inDays,
  nameOf,
  now,
  rsaKey,
  rsaKeyOf,
  rsaPssKey,
  subtree,
  type Issued,
  type Shape,
} from './support/certificates.ts';
import { caseOf } from './support/case-of.ts';

/**
 * The whole judgement of what a client makes of a port beside `openssl verify -purpose sslserver`: over a generated corpus they
 * agree on who is refused. The faults beside are about more than whether the client refuses.
 */
const refusing = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'issuer-expired',
  'name-mismatch',
  'subject-alternative-name-missing',
  'untrusted-issuer',
  'self-signed-certificate',
  'intermediate-missing',
  'issuer-not-a-ca',
  'path-length-exceeded',
  'name-constraints-violated',
  'invalid-signature',
  'unknown-critical-extension',
  'server-authentication-missing',
  'key-usage-insufficient',
  'weak-key',
  'weak-signature-algorithm',
].map((id) => {
  const fault = faultOf(id);
  if (fault === undefined) throw new Error(`${id} is no fault`);
  return fault;
});

const host = 'uccx1.example.com';
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'uccert-verify-'));
afterAll(() => rm(folder, { recursive: true }));

interface Chain {
  readonly endEntity: Issued;
  readonly sent: readonly Issued[];
  readonly anchor: Issued;
}

let files = 0;

/** Null where OpenSSL accepts, else its first complaint. */
async function opensslRefuses({ endEntity, sent, anchor }: Chain): Promise<string | null> {
  const file = async (list: readonly Issued[]): Promise<string> => {
    const path = join(folder, `${String((files += 1))}.pem`);
    await writeFile(path, list.map(({ der }) => toPem(der)).join(''));
    return path;
  };
  const untrusted = sent.length === 0 ? [] : ['-untrusted', await file(sent)];
  try {
    await run('openssl', [
      'verify',
      ...['-partial_chain', '-purpose', 'sslserver', '-verify_hostname', host, '-auth_level', '2'],
      ...['-attime', String(now.getTime() / 1000), '-trusted', await file([anchor]), ...untrusted],
      await file([endEntity]),
    ]);
    return null;
  } catch (error) {
    return /error \d+ at .*/.exec(String((error as { stderr?: string }).stderr))?.[0] ?? String(error);
  }
}

/** The faults that make the client refuse. What could not be decided without the intermediate counts: the client cannot either. */
function uccertRefuses({ endEntity, sent, anchor }: Chain): string[] {
  const seen = { presents: [endEntity, ...sent], clients: [{ anchors: [anchor] }] };
  return judge(caseOf(refusing, seen))
    .filter((finding) => isPresent(finding) || finding.verdict.status === 'inconclusive')
    .map(({ fault }) => fault);
}

const { serverAuth, clientAuth } = keyPurpose;
const commonName = '2.5.4.3';
/** keyUsage as encoded: digitalSignature, cRLSign, keyCertSign, keyAgreement. */
const usage = { sign: [7, 0x80], crl: [1, 0x02], issue: [2, 0x04] };

const leaves: Readonly<Record<string, Shape>> = {
  plain: {},
  expired: { notAfter: inDays(-1) },
  'not yet valid': { notBefore: inDays(1) },
  'for another host': { dns: ['uccx2.example.com'] },
  'for one below': { dns: [`a.${host}`] },
  'without a name': { dns: null },
  'with a wildcard': { dns: ['*.example.com'] },
  'with a wildcard one level off': { dns: ['*.sub.example.com', '*.com'] },
  'with a wildcard for part of a label': { dns: ['u*.example.com'] },
  'with a NUL in the name': { dns: [`${host}\0.example.org`] },
  'with the host as second name': { dns: ['uccx2.example.com', host.toUpperCase()] },
  'for servers': { purposes: [serverAuth] },
  'for clients': { purposes: [clientAuth] },
  'with path length 0': { ca: 0 },
  'with basicConstraints of no CA': { ca: false, keyUsage: usage.sign },
  'with an unknown critical extension': {
    extensions: [{ oid: '2.999.7', value: Buffer.from([5, 0]) }],
    critical: ['2.999.7'],
  },
  'with an unknown extension': { extensions: [{ oid: '2.999.7', value: Buffer.from([5, 0]) }] },
  'with known extensions critical': { purposes: [serverAuth], ca: false, critical: ['2.5.29.37', '2.5.29.19'] },
  'that may sign revocation lists only': { keyUsage: usage.crl },
  tampered: { tampered: true },
  'signed with SHA-1': { hash: 'sha1' },
  'signed with SHA-384': { hash: 'sha384' },
  'of RSA': { key: rsaKey() },
  'of RSA-PSS': { key: rsaPssKey() },
  'of Ed25519': { key: edKey() },
  'of a short RSA key': { key: rsaKeyOf(1024) },
  'without key identifiers': { keyIdentifiers: false },
};

const issuers: Readonly<Record<string, Shape>> = {
  plain: {},
  'with keyCertSign': { keyUsage: usage.issue },
  'without keyCertSign': { keyUsage: usage.sign },
  'that is no CA': { ca: false },
  'of path length 0': { ca: 0 },
  'of path length 1': { ca: 1 },
  expired: { notAfter: inDays(-1) },
  'for servers': { purposes: [serverAuth] },
  'for clients': { purposes: [clientAuth] },
  'with an unknown critical extension': {
    extensions: [{ oid: '2.999.7', value: Buffer.from([5, 0]) }],
    critical: ['2.999.7'],
  },
  tampered: { tampered: true },
  'signed with SHA-1': { hash: 'sha1' },
  'of RSA': { key: rsaKey() },
  'of RSA-PSS': { key: rsaPssKey() },
  'of Ed25519': { key: edKey() },
  'that permits the domain': { constraints: { permitted: [subtree.dns('example.com')] }, critical: ['2.5.29.30'] },
  'that permits another domain': { constraints: { permitted: [subtree.dns('example.org')] } },
  'that permits the host': { constraints: { permitted: [subtree.dns(host), subtree.dns('example.org')] } },
  'that permits a name it ends in': { constraints: { permitted: [subtree.dns('ccx1.example.com')] } },
  'that excludes the domain': { constraints: { excluded: [subtree.dns('example.com')] } },
  'that excludes a host': { constraints: { excluded: [subtree.dns('uccx2.example.com')] } },
  'that permits a network': { constraints: { permitted: [subtree.ip(192, 0, 2, 0, 255, 255, 255, 0)] } },
  'that permits subjects': { constraints: { permitted: [subtree.directory(nameOf([commonName, host]))] } },
  'that excludes subjects': { constraints: { excluded: [subtree.directory(nameOf([commonName, host]))] } },
};

const trustsIntermediate = 'with the intermediate trusted';

function chainsOf(leaf: Shape, issuer: Shape, upperShape: Shape = {}): (Chain & { readonly how: string })[] {
  const root = authority('Root CA');
  const upper = authority('Upper CA', { issuer: root, ...upperShape });
  const lower = authority('Lower CA', { issuer: upper, ...issuer });
  const endEntity = certificate({ issuer: lower, ...leaf });
  const stranger = authority('Root CA', { key: ecKey('stranger') });
  return [
    { how: 'whole', endEntity, sent: [lower, upper, root], anchor: root },
    { how: 'without root, out of order', endEntity, sent: [upper, lower], anchor: root },
    { how: 'without the lower intermediate', endEntity, sent: [upper], anchor: root },
    { how: trustsIntermediate, endEntity, sent: [], anchor: lower },
    { how: 'with a namesake trusted', endEntity, sent: [lower, upper, root], anchor: stranger },
  ];
}

async function compare(chains: readonly Chain[]): Promise<void> {
  for (const chain of chains) {
    const [openssl, ours] = [await opensslRefuses(chain), uccertRefuses(chain)];
    expect({ openssl, ours }).toSatisfy(() => (openssl !== null) === ours.length > 0);
  }
}

/** Where OpenSSL and the standards differ, uccert keeps to the standards. */
const looser: Readonly<Record<string, string>> = {
  'without a name': 'OpenSSL still takes the common name: RFC 9525 section 2 retired it, and so did browsers',
  'with a wildcard for part of a label': 'RFC 9525 section 6.3 allows a whole label only',
};
const stricter: Readonly<Record<string, string>> = Object.fromEntries(
  ['without keyCertSign', 'that is no CA', 'with an unknown critical extension'].map((issuer) => [
    issuer,
    'OpenSSL looks at the extensions of a trust anchor: RFC 5280 section 6.1.1 (d) takes its name and key',
  ]),
);

describe('agrees with openssl verify', () => {
  test.each(Object.entries(leaves))('on an end entity certificate %s', async (name, leaf) => {
    const chains = chainsOf(leaf, {});
    if (!(name in looser)) return compare(chains);
    for (const chain of chains) expect(uccertRefuses(chain)).not.toEqual([]);
    expect(await opensslRefuses(chains[0]!)).toBe(null);
  });

  test.each(Object.entries(issuers))('on an issuer %s', async (name, issuer) => {
    const chains = chainsOf({}, issuer).filter(({ how }) => how !== trustsIntermediate || !(name in stricter));
    await compare([...chains, ...chainsOf({}, {}, issuer)]);
  });

  test('on pairs of them', async () => {
    const plainLeaves = Object.entries(leaves).flatMap(([name, leaf]) => (name in looser ? [] : [leaf]));
    const entries = Object.values(issuers).map((issuer, place) => ({
      issuer,
      leaf: plainLeaves[(place * 7 + 3) % plainLeaves.length] ?? {},
      upper: Object.values(issuers)[(place * 5 + 2) % Object.keys(issuers).length] ?? {},
    }));
    await compare(entries.flatMap(({ leaf, issuer, upper }) => chainsOf(leaf, issuer, upper).slice(0, 2)));
  });

  const written = nameOf([commonName, 'LOWER  ca', 0x13]);
  const root = authority('Root CA');
  const lower = authority('Lower CA', { issuer: root });
  const selfSigned = certificate({ ca: 0 });
  const impostor = certificate({ issuer: certificate({ key: ecKey('other'), ca: true }) });
  test.each([
    {
      name: 'an issuer written in other letters and another string type',
      endEntity: certificate({ issuer: lower, issuerWritten: written }),
      sent: [lower],
      anchor: root,
    },
    {
      name: 'an issuer written otherwise',
      endEntity: certificate({ issuer: lower, issuerWritten: nameOf([commonName, 'LowerCA']) }),
      sent: [lower],
      anchor: root,
    },
    { name: 'a self-signed certificate that is trusted', endEntity: selfSigned, sent: [], anchor: selfSigned },
    { name: 'a self-signed certificate that is not', endEntity: selfSigned, sent: [], anchor: root },
    { name: 'one with its own name as issuer', endEntity: impostor, sent: [impostor], anchor: root },
  ])('on $name', async (chain) => {
    await compare([chain]);
  });
});
