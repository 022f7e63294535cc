import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectReadAlike } from '#tests/support/both-readers.ts';
import { Certificates, serverName, type CertificateName } from './certificates.ts';
import { forgiven } from './presentations.ts';
import { Folder, runProgram, startServer } from './servers.ts';
import { faultsAt, inBase64, openssl, recordedLists, scan } from './uccert.ts';

const password = 'Cvp12345';
const port = 8111;

interface Row {
  readonly title: string;
  /** How its JCEKS file comes about: by keytool alone, or imported from certificates made before. */
  readonly store: 'requested' | 'generated' | 'generated-ec' | readonly [CertificateName, ...CertificateName[]];
  readonly protocols: string;
  /** Certificates it must present. */
  readonly count: number;
  readonly faults: readonly string[];
  readonly open?: readonly string[];
  /** More attributes of its SSLHostConfig. */
  readonly more?: string;
  /** Whether it goes no further with a client that has no certificate. */
  readonly breaksOff?: true;
}

const both = 'TLSv1.2,TLSv1.3';
const needsClient = 'certificateVerification="required" truststoreFile="TRUST" truststoreType="JCEKS"';

/** Java presents the whole chain of its key entry, the root included. */
const rootSent = ['trust-anchor-sent'];

const rows: readonly Row[] = [
  { title: 'a signed RSA certificate', store: 'requested', protocols: both, count: 3, faults: rootSent },
  { title: 'a signed RSA certificate', store: 'requested', protocols: 'TLSv1.2', count: 3, faults: rootSent },
  { title: 'a signed RSA certificate', store: 'requested', protocols: 'TLSv1.3', count: 3, faults: rootSent },
  { title: 'an ECDSA certificate', store: ['ec', 'intermediate'], protocols: both, count: 2, faults: [] },
  { title: 'an ECDSA certificate', store: ['ec', 'intermediate'], protocols: 'TLSv1.2', count: 2, faults: [] },
  {
    title: 'what keytool generates',
    store: 'generated',
    protocols: both,
    count: 1,
    faults: ['subject-alternative-name-missing', 'self-signed-certificate'],
  },
  {
    title: 'what keytool generates with an EC key',
    store: 'generated-ec',
    protocols: both,
    count: 1,
    faults: ['subject-alternative-name-missing', 'self-signed-certificate'],
  },
  {
    title: 'the end entity certificate alone',
    store: ['rsa'],
    protocols: both,
    count: 1,
    faults: ['intermediate-missing'],
    open: ['untrusted-issuer'],
  },
  {
    title: 'an expired certificate',
    store: ['expired', 'intermediate', 'root'],
    protocols: both,
    count: 3,
    faults: ['certificate-expired', ...rootSent],
  },
  {
    title: 'a certificate of another authority',
    store: ['from-other-root', 'other-root'],
    protocols: both,
    count: 2,
    faults: ['untrusted-issuer', ...rootSent],
  },
  {
    title: 'its own before it asks for one',
    store: 'requested',
    protocols: 'TLSv1.3',
    count: 3,
    faults: [...rootSent, 'client-certificate-requested'],
    more: needsClient,
  },
  {
    title: 'its own before it breaks off for want of one',
    store: 'requested',
    protocols: 'TLSv1.2',
    count: 3,
    faults: [...rootSent, 'client-certificate-requested'],
    more: needsClient,
    breaksOff: true,
  },
];

const addressOf = (row: number): string => `127.85.5.${row + 1}`;
const dual = '127.85.6.1';

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
let certificates: Certificates;

/** keytool as an administrator of a CVP uses it, less the time it would take to optimise itself. */
async function keytool(...args: string[]): Promise<void> {
  await runProgram('keytool', ['-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC', ...args], {
    cwd: folder,
    env: { KSPW: password, LC_ALL: 'C' },
  });
}

function inStore(file: string, ...args: string[]): Promise<void> {
  return keytool(...args, '-storetype', 'JCEKS', '-keystore', file, '-storepass:env', 'KSPW');
}

function generate(file: string, ...key: string[]): Promise<void> {
  const name = ['-dname', `CN=${serverName}`, '-validity', '730'];
  return inStore(file, '-genkeypair', '-alias', 'server', ...key, ...name, '-keypass:env', 'KSPW');
}

/** Generate, request, sign, import root, intermediate and answer: the documented sequence. */
async function request(file: string): Promise<void> {
  await generate(file, '-keyalg', 'RSA', '-keysize', '2048');
  await inStore(file, '-certreq', '-alias', 'server', '-file', 'server.csr');
  await certificates.sign('server.csr', 'answer.pem');
  for (const alias of ['root', 'intermediate', 'server']) {
    const answer = alias === 'server' ? 'answer.pem' : `${alias}.pem`;
    await inStore(file, '-import', '-noprompt', '-trustcacerts', '-alias', alias, '-file', answer);
  }
}

async function importStore(file: string, list: readonly [CertificateName, ...CertificateName[]]): Promise<void> {
  const pkcs12 = join(folder, `${file}.p12`);
  await certificates.pkcs12(list, pkcs12, password);
  const from = ['-srckeystore', pkcs12, '-srcstoretype', 'PKCS12', '-srcstorepass:env', 'KSPW', '-srcalias', 'server'];
  const to = ['-destkeystore', file, '-deststoretype', 'JCEKS', '-deststorepass:env', 'KSPW'];
  await keytool('-importkeystore', '-noprompt', ...from, ...to);
}

function makeStore(file: string, store: Row['store']): Promise<void> {
  if (store === 'requested') return request(file);
  if (store === 'generated') return generate(file, '-keyalg', 'RSA', '-keysize', '2048');
  if (store === 'generated-ec') return generate(file, '-keyalg', 'EC', '-groupname', 'secp256r1');
  return importStore(file, store);
}

const fileOf = (store: Row['store']): string => `${typeof store === 'string' ? store : store.join('-')}.jceks`;

function certificate(store: Row['store'], type: string): string {
  const file = `certificateKeystoreFile="${join(folder, fileOf(store))}" certificateKeystoreType="JCEKS"`;
  return `<Certificate ${file} certificateKeystorePassword="${password}" certificateKeyAlias="server" type="${type}"/>`;
}

function connector(address: string, protocols: string, identities: string, more = ''): string {
  const attributes = `address="${address}" port="${port}" SSLEnabled="true" scheme="https" secure="true" maxThreads="4"`;
  const trust = `truststorePassword="${password}"`;
  const host = more === '' ? '' : `${more.replace('TRUST', join(folder, fileOf('requested')))} ${trust}`;
  return `<Connector ${attributes} protocol="org.apache.coyote.http11.Http11NioProtocol">
      <SSLHostConfig protocols="${protocols}" ${host}>${identities}</SSLHostConfig>
    </Connector>`;
}

beforeAll(async () => {
  certificates = await Certificates.make(folder);
  const stores = new Map(
    [...rows.map(({ store }) => store), ['rsa', 'intermediate'] as const].map((store) => [fileOf(store), store]),
  );
  await Promise.all([...stores].map(([file, store]) => makeStore(file, store)));

  const instance = join(folder, 'tomcat');
  await runProgram('tomcat10-instance-create', ['-p', '18080', '-c', '18081', instance], { cwd: folder });
  const connectors = [
    ...rows.map(({ store, protocols, more }, row) =>
      connector(addressOf(row), protocols, certificate(store, 'UNDEFINED'), more),
    ),
    connector(dual, both, certificate(['rsa', 'intermediate'], 'RSA') + certificate(['ec', 'intermediate'], 'EC')),
  ];
  // No shutdown port: it is stopped by a signal.
  writeFileSync(
    join(instance, 'conf', 'server.xml'),
    `<Server port="-1">
  <Service name="Catalina">
    ${connectors.join('\n    ')}
    <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps" autoDeploy="false"/></Engine>
  </Service>
</Server>
`,
  );
  const env = { CATALINA_BASE: instance, CATALINA_HOME: '/usr/share/tomcat10', LC_ALL: 'C' };
  const ready = /Server startup in/;
  stack.use(await startServer('/usr/share/tomcat10/bin/catalina.sh', { args: ['run'], ready, env }));
});
afterAll(() => stack.disposeAsync());

describe('Tomcat 10, straight from a JCEKS file', () => {
  test.concurrent.each(rows.map((row, number) => ({ ...row, address: addressOf(number) })))(
    'over $protocols presents $title',
    async ({ address, count, faults, open = [], breaksOff, store, protocols }) => {
      const { run, status } = await scan(asked(address));
      expect(faultsAt(address, 'present', run)).toEqual(faults);
      expect(faultsAt(address, 'inconclusive', run)).toEqual(open);
      const list = await openssl(`${address}:${port}`, serverName);
      expect(list).toHaveLength(count);
      expect(recordedLists(run)).toEqual([list]);
      if (breaksOff === undefined) await expectReadAlike({ address, port }, serverName);
      // All that a first flight tells is agreed on, whether the handshake is finished or not.
      expect(run.observations.find(({ kind }) => kind === 'tls-handshake')).toMatchObject({
        value: { protocol: protocols.split(',').at(-1) },
      });
      if (breaksOff === true)
        expect(run.observations.find(({ kind }) => kind === 'client-certificate')).toMatchObject({
          value: { without: 'refused' },
        });
      if (typeof store === 'object') expect(list).toEqual(store.flatMap((each) => inBase64(certificates.pem(each))));
      if (store === 'requested') expect(list[0]).toBe(inBase64(readFileSync(join(folder, 'answer.pem'), 'utf8'))[0]);
      expect(status).toBe(faults.some((fault) => !forgiven.has(fault)) ? 1 : 0);
    },
  );

  test.concurrent('with two certificates presents one, and the whole list of it', async () => {
    const { run, status } = await scan(asked(dual));
    expect(status).toBe(0);
    const sent = [certificates.pem('ec'), certificates.pem('intermediate')].flatMap(inBase64);
    expect(recordedLists(run)).toEqual([sent]);
    expect(await openssl(`${dual}:${port}`, serverName)).toEqual(sent);
  });
});

function asked(address: string): string[] {
  return ['--target', `${address}:${port}#${serverName}`, '--anchors', certificates.listFile(['root'])];
}
