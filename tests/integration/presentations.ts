import { expect } from 'vitest';
import { expectReadAlike } from '#tests/support/both-readers.ts';
import { serverName, type Certificates, type CertificateName } from './certificates.ts';
import { faultsAt, inBase64, openssl, recordedLists, scan } from './uccert.ts';

/** What a server sends, and what uccert must say of it when the root is the only anchor. */
export interface Presentation {
  readonly title: string;
  readonly list: readonly [CertificateName, ...CertificateName[]];
  /** The name it is reached by. */
  readonly name: string;
  /** Faults present, in the order of the catalogue. */
  readonly faults: readonly string[];
  /** Faults that cannot be decided. */
  readonly open?: readonly string[];
}

const name = serverName;

export const presentations: readonly Presentation[] = [
  { title: 'a good RSA chain', list: ['rsa', 'intermediate'], name, faults: [] },
  { title: 'a good ECDSA chain', list: ['ec', 'intermediate'], name, faults: [] },
  { title: 'the root sent along', list: ['rsa', 'intermediate', 'root'], name, faults: ['trust-anchor-sent'] },
  {
    title: 'the end entity certificate alone',
    list: ['rsa'],
    name,
    faults: ['intermediate-missing'],
    // Nothing seen says who stands above the issuer.
    open: ['untrusted-issuer'],
  },
  {
    title: 'the root before the intermediate',
    list: ['rsa', 'root', 'intermediate'],
    name,
    faults: ['certificate-list-out-of-order', 'trust-anchor-sent'],
  },
  { title: 'an unrelated certificate at the end', list: ['rsa', 'intermediate', 'other-root'], name, faults: [] },
  {
    title: 'an unrelated certificate in between',
    list: ['ec', 'other-root', 'intermediate'],
    name,
    faults: ['certificate-list-out-of-order'],
  },
  {
    title: 'the end entity certificate twice',
    list: ['rsa', 'rsa', 'intermediate'],
    name,
    faults: ['certificate-list-out-of-order', 'certificate-list-superfluous'],
  },
  {
    title: 'the intermediate twice',
    list: ['rsa', 'intermediate', 'intermediate'],
    name,
    faults: ['certificate-list-superfluous'],
  },
  { title: 'an expired certificate', list: ['expired', 'intermediate'], name, faults: ['certificate-expired'] },
  {
    title: 'a certificate for another name',
    list: ['rsa', 'intermediate'],
    name: 'other.lab.test',
    faults: ['name-mismatch'],
  },
  {
    title: 'no subjectAltName',
    list: ['no-san', 'intermediate'],
    name,
    faults: ['subject-alternative-name-missing'],
  },
  { title: 'a self-signed certificate', list: ['self-signed'], name, faults: ['self-signed-certificate'] },
  {
    title: 'a certificate of another authority',
    list: ['from-other-root', 'other-root'],
    name,
    faults: ['untrusted-issuer', 'trust-anchor-sent'],
  },
  { title: 'a SHA-1 signature', list: ['sha-1', 'intermediate'], name, faults: ['weak-signature-algorithm'] },
  { title: 'an RSA key of 1024 bits', list: ['rsa-1024', 'intermediate'], name, faults: ['weak-key'] },
];

/** What most clients forgive, and so does the exit code. */
export const forgiven: ReadonlySet<string> = new Set([
  'certificate-list-out-of-order',
  'certificate-list-superfluous',
  'client-certificate-requested',
  'trust-anchor-sent',
]);

export const protocols = ['TLSv1.2', 'TLSv1.3'] as const;

/**
 * Scans two servers that present the same, one per protocol, and holds what was recorded against the files they present from, against
 * `openssl s_client`, and against the table.
 */
export async function expectPresented(
  { list, name, faults, open = [] }: Presentation,
  addresses: readonly string[],
  port: number,
  certificates: Certificates,
): Promise<void> {
  const endpoints = addresses.map((address) => `${address}:${port}`);
  const targets = endpoints.flatMap((endpoint) => ['--target', `${endpoint}#${name}`]);
  const { run, status } = await scan([...targets, '--anchors', certificates.listFile(['root'])]);

  const sent = list.flatMap((each) => inBase64(certificates.pem(each)));
  expect(recordedLists(run)).toEqual([sent, sent]);
  for (const endpoint of endpoints) expect(await openssl(endpoint, name)).toEqual(sent);
  for (const address of addresses) await expectReadAlike({ address, port }, name);
  const spoken = run.observations.flatMap((observation) =>
    observation.kind === 'tls-handshake' && observation.outcome === 'recorded' ? [observation.value.protocol] : [],
  );
  expect(spoken).toEqual(protocols);

  for (const address of addresses) {
    expect(faultsAt(address, 'present', run)).toEqual(faults);
    expect(faultsAt(address, 'inconclusive', run)).toEqual(open);
  }
  expect(status).toBe(faults.some((fault) => !forgiven.has(fault)) ? 1 : 0);
}
