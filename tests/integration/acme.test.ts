import 'reflect-metadata';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Plan } from '#model/plan.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { ApplyOptions } from '#workflow/apply-options.ts';
import { apply } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { applyingIn, presentIn } from '../support/applying.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { Certificates, serverName } from './certificates.ts';
import { Folder, startServer } from './servers.ts';

/** Pebble, the ACME server of Let's Encrypt for tests, beside a lab whose machine needs another certificate. */
const place = { acme: '127.176.200.1', dns: '127.176.200.2' };
const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
const chain = join(folder, 'chain.pem');
let certificates: Certificates;
let up: TestLab;
const applying = applyingIn(() => up);
const { reports, inventory, look } = applying;
/** With the short key of CUCM nobody can sign in, so nobody can be asked who is. */
const options = (more: Partial<ApplyOptions> = {}): ApplyOptions => applying.options({ disturbAgents: true, ...more });

beforeAll(async () => {
  certificates = await Certificates.make(folder);
  up = stack.use(await startTestLab('127.176.0.0/16', { signed: true }));
  const config = join(folder, 'pebble.json');
  const pebble = {
    listenAddress: `${place.acme}:14000`,
    managementListenAddress: `${place.acme}:15000`,
    certificate: certificates.listFile(['rsa', 'intermediate']),
    privateKey: certificates.keyFile('rsa'),
    httpPort: 5002,
    tlsPort: 5001,
    externalAccountBindingRequired: true,
    externalAccountMACKeys: { contact: 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W' },
  };
  writeFileSync(config, JSON.stringify({ pebble }));
  const names = ['-dns01', `${place.dns}:8053`, '-management', `${place.dns}:8055`, '-http01', '', '-https01', ''];
  stack.use(
    await startServer('pebble-challtestsrv', {
      args: [...names, '-tlsalpn01', ''],
      ready: /Starting management server/,
    }),
  );
  stack.use(
    await startServer('pebble', {
      args: ['-config', config, '-dnsserver', `${place.dns}:8053`],
      ready: /ACME directory available/,
      env: { PEBBLE_VA_NOSLEEP: '1' },
    }),
  );
  const [root, intermediate] = await Promise.all(['/roots/0', '/intermediates/0'].map(ofPebble));
  writeFileSync(chain, `${root}${intermediate}`);
  writeFileSync(join(folder, 'mac-key'), pebble.externalAccountMACKeys.contact);
});
afterAll(() => stack.disposeAsync());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

/** A page of Pebble's own management. */
async function ofPebble(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: place.acme, port: 15000, path, servername: serverName, ca: certificates.pem('root') },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString())).on('end', () => resolve(text));
      },
    );
    asked.on('error', reject).end();
  });
}

/** A plan to have a new certificate for CUCM, whose key is too short, from Pebble. */
async function planned(more: object = {}): Promise<Plan> {
  await up.lab.apply(scenarioOf('key-too-short'));
  for (const client of ['pc-managed']) {
    const anchors = join(up.lab.folder, 'clients', client, 'anchors.pem');
    appendFileSync(anchors, readFileSync(chain, 'utf8').split(/(?<=-----END CERTIFICATE-----\n)/)[0] ?? '');
    appendFileSync(anchors, certificates.pem('root'));
  }
  const written = parse(readFileSync(up.lab.inventoryFile, 'utf8')) as object;
  const acme = {
    kind: 'acme',
    chain,
    url: `https://${serverName}:14000/dir`,
    connect: `${place.acme}:14000`,
    agreesToTerms: true,
    accountKey: 'account.pem',
    binding: { kid: 'contact', key: `file:${join(folder, 'mac-key')}` },
    nameServer: `${place.dns}:8053`,
    ...more,
  };
  writeFileSync(up.lab.inventoryFile, stringify({ ...written, authorities: { internal: acme } }));
  return makePlan(await look(), inventory());
}

/** Does what the operator is told: puts the records where they belong. */
async function publish(words: string): Promise<void> {
  for (const [, host = '', value = ''] of words.matchAll(/(_acme-challenge\.\S+) TXT "([^"]+)"/g)) {
    await fetch(`http://${place.dns}:8055/set-txt`, {
      method: 'POST',
      body: JSON.stringify({ host: `${host}.`, value }),
    });
  }
}

test('an order by ACME: the records are said, seen, and the machine presents the answer', async () => {
  const plan = await planned();
  expect(plan.unreached).toEqual([]);
  const said: string[] = [];
  const { outcome, run } = await apply(
    plan,
    inventory(),
    options({
      report: (report) => {
        if (report.event !== 'awaits') return;
        said.push(report.words);
        void publish(report.words);
      },
    }),
  );
  expect(outcome).toEqual({ status: 'verified' });
  expect(presentIn(run)).toEqual([]);
  expect(said[0]).toMatch(
    /^Put into the DNS: _acme-challenge\.cucm1\.lab\.example TXT "\S+", _acme-challenge\.lab\.example TXT "\S+"\. It is looked for/,
  );
  expect(up.lab.vos('cucm1').identity.certificate.issuer).toMatch(/Pebble Intermediate/);
  expect(statSync(join(up.lab.folder, 'account.pem')).mode & 0o777).toBe(0o600);
});

test.each([
  [
    'another key for the account',
    { binding: { kid: 'contact', key: 'env:WRONG_KEY' } },
    /external account|JWS|signature/i,
  ],
  ['an account that it does not know', { binding: undefined }, /externalAccountBinding|external account/i],
])('%s is refused, and nothing is uploaded', async (_what, more, because) => {
  process.env['WRONG_KEY'] = Buffer.alloc(48, 1).toString('base64url');
  const plan = await planned({ ...more, accountKey: 'another.pem' });
  const before = up.lab.digest.machines['cucm1']?.tomcat;
  const { outcome } = await apply(plan, inventory(), options());
  if (outcome.status !== 'rolled-back') throw new Error(`ended ${outcome.status}`);
  expect(outcome.because).toMatch(because);
  expect(up.lab.digest.machines['cucm1']?.tomcat).toBe(before);
});

test('a server that nothing proves is told when the plan is made', async () => {
  const plan = await planned();
  const anchors = join(up.lab.folder, 'clients', 'pc-managed', 'anchors.pem');
  writeFileSync(anchors, readFileSync(anchors, 'utf8').replace(certificates.pem('root'), ''));
  const unproved = await makePlan(await look(), inventory());
  expect(plan.unreached).toEqual([]);
  expect(unproved.unreached).toEqual([
    { what: 'the authority internal', because: expect.stringMatching(/UNABLE_TO|SELF_SIGNED/) as string },
  ]);
});
