import { client as xmppClient, xml, type Client as XmppClient } from '@xmpp/client';
import type { Page } from '@playwright/test';
import dns from 'node:dns';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type LookupFunction } from 'node:net';
import { dirname, join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { loadInventory } from '#inventory/load.ts';
import { openProfile, type Profile } from '#suites/profile.ts';
import { Certificates, serverName, type CertificateName } from './certificates.ts';
import { Folder, startServer, type Server } from './servers.ts';
import { inBase64, openssl, recordedLists, scan } from './uccert.ts';

const address = '127.92.1.1';
const password = 'prosody-2026';
const people = ['agent1', 'agent2'] as const;
type Person = (typeof people)[number];

/** The ports of the product that Prosody stands in for: XMPP with STARTTLS, XMPP under TLS, and BOSH and WebSocket over HTTPS. */
const productPorts = { startTls: 5222, directTls: 5223, https: 7443 } as const;
type Way = keyof typeof productPorts;
const ways = ['startTls', 'directTls', 'https'] as const satisfies readonly Way[];
type Lists = Readonly<Record<Way, readonly CertificateName[]>>;
const good: Lists = {
  startTls: ['rsa', 'intermediate'],
  directTls: ['rsa', 'intermediate'],
  https: ['rsa', 'intermediate'],
};

/** What tests/integration/strophe-page.js puts into the global scope of a page. */
declare function talk(account: { service: string; jid: string; password: string }): Promise<string>;
declare function say(message: { to: string; words: string }): void;

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
let certificates: Certificates;
/** Where Prosody really listens: it cannot be told to take any port. */
let ports: Readonly<Record<Way, number>>;
let inventoryFile: string;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await server[Symbol.asyncDispose]();
  return port;
}

/** Debian's Prosody, with the accounts of two agents and a certificate of its own behind each way. */
function startProsody(lists: Lists): Promise<Server> {
  const data = join(folder, 'data');
  const accounts = join(data, encodeURIComponent(serverName).replaceAll('.', '%2e'), 'accounts');
  mkdirSync(accounts, { recursive: true });
  for (const person of people) writeFileSync(join(accounts, `${person}.dat`), `return { password = "${password}" }`);
  const ssl = (way: Way): string =>
    `{ certificate = "${certificates.listFile(lists[way])}", key = "${certificates.keyFile(lists[way][0] ?? 'rsa')}" }`;
  const file = join(folder, 'prosody.cfg.lua');
  writeFileSync(
    file,
    `pidfile = "${folder}/prosody.pid"; data_path = "${data}"; run_as_root = true; daemonize = false
log = { info = "*console" }
modules_enabled = { "tls", "saslauth", "disco", "bosh", "websocket", "http" }
modules_disabled = { "s2s", "posix" }
authentication = "internal_plain"; c2s_require_encryption = true
consider_bosh_secure = true; consider_websocket_secure = true; http_default_host = "${serverName}"
http_paths = { bosh = "/http-bind", websocket = "/ws" }
interfaces = { "${address}" }; s2s_ports = {}; http_ports = {}; https_interfaces = { "${address}" }
c2s_ports = { ${ports.startTls} }; c2s_direct_tls_ports = { ${ports.directTls} }; https_ports = { ${ports.https} }
c2s_direct_tls_ssl = ${ssl('directTls')}; https_ssl = ${ssl('https')}
VirtualHost "${serverName}"
ssl = ${ssl('startTls')}
`,
  );
  return startServer('prosody', {
    args: ['--config', file],
    ready: /(?=[^]*service 'c2s')(?=[^]*service 'c2s_direct_tls')[^]*service 'https'/,
  });
}

beforeAll(async () => {
  certificates = await Certificates.make(folder);
  ports = { startTls: await freePort(), directTls: await freePort(), https: await freePort() };
  inventoryFile = join(folder, 'inventory.yaml');
  const connect = Object.fromEntries(ways.map((way) => [productPorts[way], `${address}:${String(ports[way])}`]));
  const machine = {
    type: 'TLS_SERVER',
    fqdn: serverName,
    address,
    certificates: 'ca-signed',
    ports: { open: Object.values(productPorts) },
    connect,
  };
  writeFileSync(
    inventoryFile,
    `deployment: UCCX
release: 12.5(1)SU3
machines:
  prosody: ${JSON.stringify(machine)}
clients:
  pc: { anchors: ${certificates.listFile(['root'])} }
`,
  );
});
afterAll(() => stack.disposeAsync());

describe('Prosody, read by the probes', () => {
  const startTls = ['-starttls', 'xmpp', '-xmpphost', serverName];
  const cases: readonly (readonly [what: string, Partial<Lists>, present: readonly string[]])[] = [
    ['presents its certificates behind STARTTLS, under TLS and over HTTPS', {}, []],
    [
      'is told from its other ports by an expired certificate under TLS',
      { directTls: ['expired', 'intermediate'] },
      ['certificate-expired at 5223'],
    ],
    [
      'is told from its other ports by a list without issuer over HTTPS',
      { https: ['rsa'] },
      ['intermediate-missing at 7443'],
    ],
    [
      'is told from its other ports by a certificate without names behind STARTTLS',
      { startTls: ['no-san', 'intermediate'] },
      ['subject-alternative-name-missing at 5222'],
    ],
  ];
  test.each(cases)('%s', async (_what, changed, present) => {
    const lists = { ...good, ...changed };
    await using servers = new AsyncDisposableStack();
    servers.use(await startProsody(lists));
    const { run } = await scan([inventoryFile, '--deep']);
    const sent = await Promise.all(
      ways.map((way) => openssl(`${address}:${String(ports[way])}`, serverName, way === 'startTls' ? startTls : [])),
    );
    expect(sent).toEqual(ways.map((way) => lists[way].map((name) => certificates.pem(name)).flatMap(inBase64)));
    expect(recordedLists(run)).toEqual(sent);
    expect(
      run.findings
        .filter(({ verdict }) => verdict.status === 'present')
        .map(
          ({ fault, subject }) => `${fault} at ${subject.scope === 'endpoint' ? String(subject.port) : subject.scope}`,
        ),
    ).toEqual(present);
  });
});

/** A client of the instant messages that the desktops get: @xmpp/client in Node, Strophe in a browser as the desktop has it. */
interface Talker extends AsyncDisposable {
  readonly jid: string;
  say(to: string, words: string): Promise<void>;
  next(): Promise<string>;
}

class Heard {
  readonly #words: string[] = [];
  #wake = (): void => undefined;

  add(words: string): void {
    this.#words.push(words);
    this.#wake();
  }

  async next(): Promise<string> {
    for (;;) {
      const first = this.#words.shift();
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

async function talkInNode(service: string, person: Person): Promise<Talker> {
  const client: XmppClient = xmppClient({ service, domain: serverName, username: person, password });
  const heard = new Heard();
  client.on('error', () => undefined);
  client.on('stanza', (stanza) => {
    const words = stanza.is('message') ? stanza.getChildText('body') : null;
    if (words !== null) heard.add(words);
  });
  client.reconnect.stop();
  const jid = String(await client.start());
  await client.send(xml('presence'));
  return {
    jid,
    say: (to, words) => client.send(xml('message', { to, type: 'chat' }, xml('body', {}, words))),
    next: () => heard.next(),
    [Symbol.asyncDispose]: async () => {
      await client.stop();
    },
  };
}

async function talkInBrowser({ browser }: Profile, service: string, person: Person): Promise<Talker> {
  const page: Page = await browser.newPage();
  const heard = new Heard();
  await page.goto(`https://${serverName}:7443/http-bind`);
  await page.exposeFunction('heard', (words: string) => {
    heard.add(words);
  });
  const library = dirname(createRequire(import.meta.url).resolve('strophe.js'));
  await page.addScriptTag({ path: join(library, 'strophe.umd.min.js') });
  await page.addScriptTag({ path: join(import.meta.dirname, 'strophe-page.js') });
  const jid = await page.evaluate((account) => talk(account), { service, jid: `${person}@${serverName}`, password });
  return {
    jid,
    say: (to, words) =>
      page.evaluate(
        (message) => {
          say(message);
        },
        { to, words },
      ),
    next: () => heard.next(),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

describe('Prosody, with clients of others', () => {
  let trusting: Profile;
  let strange: Profile;
  const defaultAuthorities = getCACertificates('default');

  beforeAll(async () => {
    stack.use(await startProsody(good));
    const inventory = loadInventory(inventoryFile);
    const [pc] = inventory.snapshot.clients;
    if (pc === undefined) throw new Error('the inventory has no client');
    trusting = stack.use(await openProfile(pc, inventory));
    strange = stack.use(await openProfile({ ...pc, anchors: [] }, inventory));
    const lookup: LookupFunction = (_name, { all }, found) => {
      if (all === true) found(null, [{ address, family: 4 }]);
      else found(null, address, 4);
    };
    vi.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
    Object.assign(globalThis, { WebSocket });
  });
  afterEach(() => {
    setDefaultCACertificates(defaultAuthorities);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  const trust = { managed: () => [certificates.pem('root')], fresh: () => [] };
  const inNode =
    (scheme: string, way: Way, path = '') =>
    (person: Person, pc: keyof typeof trust): Promise<Talker> => {
      setDefaultCACertificates(trust[pc]());
      return talkInNode(`${scheme}://${serverName}:${String(ports[way])}${path}`, person);
    };
  const inBrowser =
    (url: string) =>
    (person: Person, pc: keyof typeof trust): Promise<Talker> =>
      talkInBrowser(pc === 'managed' ? trusting : strange, url, person);
  const unknownIssuer = /unable to (get local issuer|verify the first) certificate/;

  describe.each([
    ['STARTTLS', inNode('xmpp', 'startTls'), unknownIssuer],
    ['direct TLS', inNode('xmpps', 'directTls'), unknownIssuer],
    ['WebSocket', inNode('wss', 'https', '/ws'), unknownIssuer],
    ['WebSocket in a browser', inBrowser(`wss://${serverName}:7443/ws`), /ERR_CERT_AUTHORITY_INVALID/],
    ['BOSH in a browser', inBrowser(`https://${serverName}:7443/http-bind`), /ERR_CERT_AUTHORITY_INVALID/],
  ] as const)('by %s', (_way, connect, refusal) => {
    test('messages go both ways', async () => {
      await using other = await inNode('xmpps', 'directTls')('agent2', 'managed');
      await using agent = await connect('agent1', 'managed');
      await agent.say(other.jid, 'Ready?');
      expect(await other.next()).toBe('Ready?');
      await other.say(agent.jid, 'Not Ready');
      expect(await agent.next()).toBe('Not Ready');
    });

    test('who does not know the authority gets no session', async () => {
      await expect(connect('agent1', 'fresh')).rejects.toThrow(refusal);
    });
  });
});
