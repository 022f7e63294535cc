import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handshake } from '#probes/tls.ts';
import { Certificates, serverName, type CertificateName } from './certificates.ts';
import { expectPresented, presentations, protocols } from './presentations.ts';
import { Folder, startServer } from './servers.ts';
import { faultsAt, inBase64, openssl, recordedLists, scan } from './uccert.ts';

const port = 8443;
const addressesOf = (row: number): string[] => protocols.map((_, index) => `127.85.3.${row * 2 + index + 1}`);
const weakest = ['-cipher', 'ALL:@SECLEVEL=0'];
const optionOf = { TLSv1: '-tls1', 'TLSv1.1': '-tls1_1', 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' } as const;

const stack = new AsyncDisposableStack();
let certificates: Certificates;

/** `openssl s_server`, at an address of its own. */
async function serve(address: string, list: readonly [CertificateName, ...CertificateName[]], more: readonly string[]) {
  const [first, ...others] = list;
  const chain = others.length === 0 ? [] : ['-cert_chain', certificates.listFile(others)];
  const identity = ['-cert', certificates.listFile([first]), '-key', certificates.keyFile(first), ...chain];
  const args = ['s_server', '-accept', `${address}:${port}`, '-www', ...identity, ...weakest, ...more];
  stack.use(await startServer('openssl', { args, ready: /^ACCEPT/m }));
}

beforeAll(async () => {
  certificates = await Certificates.make(stack.use(new Folder()).path);
  for (const [row, { list }] of presentations.entries())
    await Promise.all(addressesOf(row).map((address, index) => serve(address, list, [optionOf[protocols[index]!]])));
});
afterAll(() => stack.disposeAsync());

describe('openssl s_server', () => {
  test.concurrent.each(presentations.map((presentation, row) => ({ ...presentation, row })))(
    'presents $title',
    ({ row, ...presentation }) => expectPresented(presentation, addressesOf(row), port, certificates),
  );

  test.concurrent.each([
    { address: '127.85.4.1', protocol: 'TLSv1' },
    { address: '127.85.4.2', protocol: 'TLSv1.1' },
  ] as const)('of $protocol only is looked at all the same, and is a fault', async ({ address, protocol }) => {
    await serve(address, ['rsa', 'intermediate'], [optionOf[protocol]]);
    const { run, status } = await scan(asked(address));
    expect(status).toBe(1);
    expect(faultsAt(address, 'present', run)).toEqual(['modern-protocol-refused']);
    expect(run.observations.find(({ kind }) => kind === 'tls-handshake')).toMatchObject({ value: { protocol } });
    expect(recordedLists(run)).toEqual([await openssl(`${address}:${port}`, serverName, [optionOf[protocol]])]);
  });

  test.concurrent.each([
    { address: '127.85.4.3', protocol: 'TLSv1.2' },
    { address: '127.85.4.4', protocol: 'TLSv1.3' },
  ] as const)('with two certificates presents one in $protocol', async ({ address, protocol }) => {
    const second = ['-dcert', certificates.listFile(['ec']), '-dkey', certificates.keyFile('ec')];
    const chain = ['-dcert_chain', certificates.listFile(['intermediate'])];
    await serve(address, ['rsa', 'intermediate'], [optionOf[protocol], ...second, ...chain]);
    const { run, status } = await scan(asked(address));
    expect(status).toBe(0);
    expect(recordedLists(run)).toEqual([sent(['ec', 'intermediate'])]);
    expect(await openssl(`${address}:${port}`, serverName)).toEqual(sent(['ec', 'intermediate']));
  });

  test.concurrent.each([
    { version: '-tls1_2', address: '127.85.4.6' },
    { version: '-tls1_3', address: '127.85.4.5' },
  ])('that wants a certificate of its clients presents its own with $version', async ({ version, address }) => {
    await serve(address, ['rsa', 'intermediate'], [version, '-Verify', '1']);
    const { run, status } = await scan(asked(address));
    expect(status).toBe(0);
    expect(recordedLists(run)).toEqual([sent(['rsa', 'intermediate'])]);
  });

  test.concurrent('that goes no further without a certificate of its clients has agreed on a version', async () => {
    const address = '127.85.4.11';
    await serve(address, ['rsa', 'intermediate'], ['-tls1_2', '-Verify', '1', '-verify_return_error']);
    const { run } = await scan(asked(address));
    expect(run.observations).toMatchObject([
      { kind: 'connection', value: { answer: 'tls' } },
      { kind: 'certificate-list', outcome: 'recorded' },
      { kind: 'tls-handshake', value: { protocol: 'TLSv1.2', key: 'proved' } },
      { kind: 'client-certificate', value: { request: 'sent', without: 'refused' } },
    ]);
    expect(faultsAt(address, 'absent', run)).toContain('modern-protocol-refused');
  });

  test.concurrent.each([
    { title: 'has only anonymous suites', address: '127.85.4.7', more: ['-tls1_2', '-cipher', 'aNULL:@SECLEVEL=0'] },
    { title: 'has no suite of ours', address: '127.85.4.8', more: ['-tls1_2', '-cipher', 'eNULL:@SECLEVEL=0'] },
  ])('that $title alerts: a typed reason, and no verdict on certificates', async ({ address, more }) => {
    await serve(address, ['rsa', 'intermediate'], more);
    const { run, status } = await scan(asked(address));
    expect(status).toBe(2);
    expect(run.observations).toMatchObject([
      { kind: 'connection', value: { answer: 'tls' } },
      { kind: 'certificate-list', failure: { reason: 'tls-alert', alert: 'handshake_failure' } },
      { kind: 'tls-handshake', failure: { reason: 'tls-alert' } },
      { kind: 'client-certificate', failure: { reason: 'tls-alert' } },
    ]);
    expect(faultsAt(address, 'present', run)).toEqual([]);
  });
});

describe('the list as node:tls hands it out', () => {
  // Not promised by Node: getPeerX509Certificate(), walked by issuerCertificate, is the list as sent and not a chain that was built.
  test.each([
    { address: '127.85.4.9', protocol: 'TLSv1.2' },
    { address: '127.85.4.10', protocol: 'TLSv1.3' },
  ] as const)('keeps order, extras and duplicates in $protocol', async ({ address, protocol }) => {
    const list = ['rsa', 'root', 'rsa', 'other-root', 'intermediate', 'ec', 'intermediate', 'root'] as const;
    await serve(address, list, [optionOf[protocol]]);
    const answer = await handshake({ address, port, serverName }, { connectMs: 5000, probeMs: 10_000 });
    const received = answer.answer === 'tls' ? answer.certificates.map((der) => der.toString('base64')) : answer;
    expect(received).toEqual(sent(list));
  });
});

function asked(address: string): string[] {
  return ['--target', `${address}:${port}#${serverName}`, '--anchors', certificates.listFile(['root'])];
}

function sent(list: readonly CertificateName[]): string[] {
  return list.flatMap((each) => inBase64(certificates.pem(each)));
}
