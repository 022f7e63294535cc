import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Certificates, serverName, type CertificateName } from './certificates.ts';
import { expectPresented, presentations, protocols } from './presentations.ts';
import { Folder, startServer } from './servers.ts';
import { faultsAt, inBase64, openssl, recordedLists, scan } from './uccert.ts';

const port = 8443;
const addressesOf = (row: number): string[] => protocols.map((_, index) => `127.85.1.${row * 2 + index + 1}`);
const special = { dual: '127.85.2.1', names: '127.85.2.2', clients: '127.85.2.3' };

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
let certificates: Certificates;
let anchors: string;

function server(
  address: string,
  lists: readonly (readonly [CertificateName, ...CertificateName[]])[],
  more = '',
): string {
  const identities = lists.map(
    (list) => `ssl_certificate ${certificates.listFile(list)}; ssl_certificate_key ${certificates.keyFile(list[0])};`,
  );
  return `server { listen ${address}:${port} ssl; ${identities.join(' ')} ${more} }`;
}

beforeAll(async () => {
  certificates = await Certificates.make(folder);
  anchors = certificates.listFile(['root']);
  const servers = [
    ...presentations.flatMap(({ list }, row) =>
      addressesOf(row).map((address, index) => server(address, [list], `ssl_protocols ${protocols[index]!};`)),
    ),
    server(special.dual, [
      ['rsa', 'intermediate'],
      ['ec', 'intermediate'],
    ]),
    server(special.names, [['self-signed']], 'server_name one.lab.test;'),
    server(special.names, [['rsa', 'intermediate']], `server_name ${serverName};`),
    server(special.clients, [['rsa', 'intermediate']], `ssl_verify_client on; ssl_client_certificate ${anchors};`),
  ];
  const file = join(folder, 'nginx.conf');
  // One process, of one user: to change it, or to give folders to another, is not allowed in a private network without root.
  writeFileSync(
    file,
    `user root root; daemon off; master_process off; pid nginx.pid; error_log stderr notice;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  ssl_ciphers ALL:@SECLEVEL=0; ssl_protocols TLSv1.2 TLSv1.3;
  ${servers.join('\n  ')}
}
`,
  );
  const args = ['-c', file, '-p', folder, '-e', 'stderr'];
  stack.use(await startServer('nginx', { args, ready: /using the "\w+" event method/ }));
});
afterAll(() => stack.disposeAsync());

describe('nginx', () => {
  test.concurrent.each(presentations.map((presentation, row) => ({ ...presentation, row })))(
    'presents $title',
    ({ row, ...presentation }) => expectPresented(presentation, addressesOf(row), port, certificates),
  );

  test.concurrent('with two certificates presents one, and the whole list of it', async () => {
    const endpoint = `${special.dual}:${port}`;
    const { run, status } = await scan(['--target', `${endpoint}#${serverName}`, '--anchors', anchors]);
    expect(status).toBe(0);
    const sent = [certificates.pem('ec'), certificates.pem('intermediate')].flatMap(inBase64);
    expect(recordedLists(run)).toEqual([sent]);
    expect(await openssl(endpoint, serverName)).toEqual(sent);
  });

  test.concurrent('is asked for each server name, and answers each with its own list', async () => {
    const endpoint = `${special.names}:${port}`;
    const names = ['one.lab.test', serverName];
    const targets = [endpoint, ...names.map((name) => `${endpoint}#${name}`)].flatMap((target) => ['--target', target]);
    const { run, status } = await scan([...targets, '--anchors', anchors]);
    expect(status).toBe(1);
    const lists = await Promise.all([null, ...names].map((name) => openssl(endpoint, name)));
    expect(recordedLists(run)).toEqual(lists);
    const own = inBase64(certificates.pem('self-signed'));
    expect(lists).toEqual([own, own, [certificates.pem('rsa'), certificates.pem('intermediate')].flatMap(inBase64)]);
  });

  test.concurrent('that wants a certificate of its clients has shown its own before it says so', async () => {
    const target = `${special.clients}:${port}#${serverName}`;
    const { run, status } = await scan(['--target', target, '--anchors', anchors]);
    expect(status).toBe(0);
    expect(faultsAt(special.clients, 'inconclusive', run)).toEqual([]);
    expect(recordedLists(run)[0]).toHaveLength(2);
  });
});
