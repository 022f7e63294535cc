import { usualThresholds } from '#model/thresholds.ts';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '#model/errors.ts';
import type { ClientId, MachineId } from '#model/names.ts';
import { toPem } from '#model/pem.ts';
import { certificate } from '#tests/support/certificates.ts';
import { loadInventory, type Inventory } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-inventory-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = join(folder, 'uccert.yaml');

const root = certificate({ commonName: 'Root CA' });
const accepted = certificate();
mkdirSync(join(folder, 'pc'));
const pem = (name: string, ...texts: readonly string[]): void => {
  writeFileSync(join(folder, 'pc', name), texts.join('\n'));
};
pem('anchors.pem', '# the group policy\n', toPem(root.der), toPem(accepted.der));
pem('accepted.pem', '');
pem('der.pem', Buffer.from(root.der).toString('latin1'));
pem('damaged.pem', toPem(root.der), toPem(accepted.der.subarray(0, 60)));

function load(text: string): Inventory {
  writeFileSync(file, text);
  return loadInventory(file);
}

/** The lines of the message that name a place. */
function mistakesOf(text: string): readonly string[] {
  let thrown: unknown;
  try {
    load(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(UsageError);
  const { message } = thrown as UsageError;
  expect(message.split('\n').at(-1)).toMatch(/\.$/);
  return message
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim().replace(`${file}:`, ''));
}

const head = 'deployment: UCCX\nrelease: 12.5(1)SU3\n';
const machines = `${head}machines:\n  uccx1:\n    type: UCCX_PUBLISHER\n    fqdn: uccx1.example.com\n`;

describe('name servers', () => {
  test('are asked in place of those of the system', () => {
    expect(load(`${machines}nameServers: [192.0.2.53, '192.0.2.54:5353', '2001:db8::53']\n`).limits.servers).toEqual([
      '192.0.2.53',
      '192.0.2.54:5353',
      '2001:db8::53',
    ]);
    expect(load(machines).limits).not.toHaveProperty('servers');
  });

  test('are named by their addresses', () => {
    expect(mistakesOf(`${machines}nameServers: [dns.example.com]\n`)).toEqual([
      expect.stringMatching(/nameServers\.0: write the address of a name server, or address:port/),
    ]);
  });
});

describe('test accounts', () => {
  const person = (lines: string): string => `${machines}people:\n  agent1: { ${lines} }\n`;

  test('are named with a role, and their passwords stay references', () => {
    const { people, selectors } = load(
      person('role: agent, user: agent1, extension: "1001", password: env:UCCERT_AGENT1'),
    );
    expect(people).toEqual([
      { name: 'agent1', role: 'agent', user: 'agent1', extension: '1001', password: 'env:UCCERT_AGENT1' },
    ]);
    expect(selectors).toEqual({});
  });

  test.each([
    ['role: agent, user: agent1, password: env:A', '8: people.agent1.extension: missing; an agent or a supervisor'],
    ['role: boss, user: agent1, password: env:A', '8: people.agent1.role: write one of agent, supervisor'],
    ['role: report user, user: r, password: secret', '8: people.agent1.password: write a reference'],
  ])('%s', (lines, mistake) => {
    expect(mistakesOf(person(lines))).toEqual([expect.stringContaining(mistake)]);
  });
});

describe('authorities', () => {
  test.each([
    ['kind: msca, chain: ca.pem', '8: authorities.company.kind: write one of manual, local, adcs, acme'],
    ['chain: ca.pem', '8: authorities.company.kind: write one of manual, local, adcs, acme'],
    ['kind: local, chain: ca.pem', '8: authorities.company.key: missing; write text'],
  ])('%s', (lines, mistake) => {
    expect(mistakesOf(`${machines}authorities:\n  company: { ${lines} }\n`)).toEqual([
      expect.stringContaining(mistake),
    ]);
  });
});

describe('selectors', () => {
  const selectors = (lines: string): string => `${machines}selectors:\n  ${lines}\n`;

  test('are taken by page and part', () => {
    expect(load(selectors('Finesse sign-in: { userName: "#user" }')).selectors).toEqual({
      'Finesse sign-in': { userName: '#user' },
    });
  });

  test.each([
    ['Finesse sign: { userName: "#user" }', '8: selectors.Finesse sign: no such page; write one of Unified CCX Admin'],
    [
      'Finesse sign-in: { user: "#user" }',
      '8: selectors.Finesse sign-in.user: no such part; write one of userName, password, extension, signIn',
    ],
    [
      'Finesse sign-in: { userName: "input[name=user" }',
      '8: selectors.Finesse sign-in.userName: no selector: [ is not closed',
    ],
  ])('%s', (lines, mistake) => {
    expect(mistakesOf(selectors(lines))).toEqual([expect.stringContaining(mistake)]);
  });
});

describe('a whole inventory', () => {
  const inventory = load(`${head}machines:
  uccx1:
    type: UCCX_PUBLISHER
    fqdn: UCCX1.example.com
    certificates: ca-signed
    ports: { open: [9999, 443], closed: [8447] }
    connect: { 22: "[::1]:2222", 8445: 127.0.0.1:18445 }
    ssh: { hostKey: "SHA256:${'a'.repeat(43)}" }
  old:
    type: UCCX_SUBSCRIBER
    fqdn: old.example.com
    release: 11.0(1)
    address: 192.0.2.12
    credentials: other
    web: pages
clients:
  pc-managed: { anchors: pc/anchors.pem, accepted: pc/accepted.pem, audiences: [agents] }
credentials:
  vos: { user: administrator, read: env:READ, change: env:CHANGE }
  other: { user: reader, read: "file:secret.txt" }
  pages: { user: pages, read: env:PAGES }
window: { from: "22:00", to: "04:00", timeZone: Europe/Berlin }
`);
  const [uccx1, old] = inventory.snapshot.machines;

  test('fills in what a machine has by its product and release', () => {
    expect(uccx1).toMatchObject({ fqdn: 'uccx1.example.com', release: '12.5(1)SU3', certificates: 'ca-signed' });
    expect(uccx1?.ports).toEqual([443, 5223, 7443, 8443, 8444, 8445, 8553, 9089, 9443, 9999, 12015]);
    expect(old).toMatchObject({ release: '11.0(1)', certificates: 'self-signed', address: '192.0.2.12' });
    expect(old?.ports).not.toContain(8553);
  });

  test('says how to sign in, with references only', () => {
    expect(inventory.access.get('uccx1' as MachineId)).toEqual({
      host: '::1',
      port: 2222,
      hostKey: `SHA256:${'a'.repeat(43)}`,
      shell: 'cmd',
      keyStorePassword: null,
      trustStorePassword: null,
      user: 'administrator',
      read: 'env:READ',
      change: 'env:CHANGE',
      web: { user: 'administrator', read: 'env:READ', change: 'env:CHANGE' },
    });
    expect(inventory.access.get('old' as MachineId)).toEqual({
      host: '192.0.2.12',
      port: 22,
      hostKey: null,
      shell: 'cmd',
      keyStorePassword: null,
      trustStorePassword: null,
      user: 'reader',
      read: 'file:secret.txt',
      change: null,
      web: { user: 'pages', read: 'env:PAGES', change: null },
    });
  });

  test('reads the certificates of the clients, an empty file included', () => {
    const [client] = inventory.snapshot.clients;
    expect(client).toEqual({
      id: 'pc-managed',
      anchors: [root.sha256, accepted.sha256],
      accepted: [],
      audiences: ['agents'],
    });
    expect(Object.keys(inventory.certificates)).toEqual([root.sha256, accepted.sha256]);
    expect(inventory.acceptedFiles.get('pc-managed' as ClientId)).toBe(join(folder, 'pc', 'accepted.pem'));
  });

  test('fills in limits, window and thresholds', () => {
    expect(inventory.limits).toEqual({ connectMs: 3000, probeMs: 10_000, perMachine: 2 });
    expect(inventory.snapshot.thresholds).toEqual(usualThresholds);
    expect(inventory.window).toEqual({ from: '22:00', to: '04:00', timeZone: 'Europe/Berlin' });
  });
});

describe('a mistake is named with its line and what to write', () => {
  test.each([
    [
      'an empty file',
      '',
      [/^1: deployment: .*UCCX, PCCE, UCCE/, /^1: release: missing; write text/, /^1: machines: missing/],
    ],
    ['no map', '- uccx1\n', [/^1: the file: write keys and values/]],
    ['not YAML', 'deployment: [UCCX\nrelease: 1\n', [/^\d: /]],
    ['a key twice', `${head}release: 15.0(1)\n`, [/^3: Map keys must be unique/]],
    ['a tab', 'deployment: UCCX\n\trelease: 15.0(1)\n', [/^\d: /]],
    ['an alias without its anchor', 'deployment: *nothing\n', [/^1: .*nothing/]],
    ['an unknown deployment', machines.replace('UCCX\n', 'UCCY\n'), [/^1: deployment: write one of UCCX, PCCE, UCCE/]],
    ['an unknown key', `${machines}limit: {}\n`, [/^7: the file: unknown key limit; remove or respell/]],
    [
      'an unknown key of a machine',
      `${machines}    fdqn: x\n    relase: y\n`,
      [/^7: machines\.uccx1: unknown keys fdqn, relase/],
    ],
    [
      'a release that YAML takes for a number',
      machines.replace('12.5(1)SU3', '12.5'),
      [/^2: release: write text, in quotes: "12\.5"/],
    ],
    [
      'a release that is none',
      machines.replace('12.5(1)SU3', 'latest'),
      [/^2: release: write it as Cisco does, for example/],
    ],
    [
      'a release without its maintenance number',
      machines.replace('12.5(1)SU3', '12.5SU3'),
      [/^2: release: write it as Cisco does/],
    ],
    [
      'a release with something behind it',
      machines.replace('12.5(1)SU3', '12.5(1)SU3 or so'),
      [/^2: release: write it as Cisco does/],
    ],
    ['no machines', `${head}machines: {}\n`, [/^3: machines: name at least one machine/]],
    [
      'a name in capitals',
      machines.replace('uccx1:', 'UCCX1:'),
      [/^4: machines\.UCCX1: "UCCX1" is no name: lower-case/],
    ],
    [
      'an unknown type',
      machines.replace('UCCX_PUBLISHER', 'UCCX'),
      [/^5: machines\.uccx1\.type: write one of CCE_ROUTER/],
    ],
    [
      'a short name',
      machines.replace('uccx1.example.com', 'uccx1'),
      [/^6: machines\.uccx1\.fqdn: write the fully qualified name/],
    ],
    [
      'no name',
      machines.replace('    fqdn: uccx1.example.com\n', ''),
      [/^4: machines\.uccx1\.fqdn: missing; write text/],
    ],
    ['a port that is none', `${machines}    ports: { open: [70000] }\n`, [/^7: machines\.uccx1\.ports\.open\.0: /]],
    [
      'a port as text',
      `${machines}    ports:\n      closed: [https]\n`,
      [/^8: machines\.uccx1\.ports\.closed\.0: write a number/],
    ],
    [
      'a bad host key',
      `${machines}    ssh: { hostKey: "MD5:aa:bb" }\n`,
      [/^7: machines\.uccx1\.ssh\.hostKey: write the fingerprint as ssh-keygen -lf prints it/],
    ],
    [
      'a mapping without a port',
      `${machines}    connect: { 443: 127.0.0.1 }\n`,
      [/^7: machines\.uccx1\.connect\.443: write address:port/],
    ],
    [
      'a mapping to a port that is none',
      `${machines}    connect: { 443: "127.0.0.1:99999" }\n`,
      [/^7: .*from 1 to 65535/],
    ],
    ['a mapping of a port that is none', `${machines}    connect: { 0: "127.0.0.1:443" }\n`, [/^7: .*from 1 to 65535/]],
    [
      'an unknown audience',
      `${machines}clients:\n  pc: { audiences: [agent] }\n`,
      [/^8: clients\.pc\.audiences\.0: write one of agents/],
    ],
    [
      'a missing PEM file',
      `${machines}clients:\n  pc:\n    anchors: pc/none.pem\n`,
      [
        /^9: clients\.pc\.anchors: .*none\.pem: there is no such file or folder \(ENOENT\); write the file as PEM, or take the line out/,
      ],
    ],
    [
      'DER in the place of PEM',
      `${machines}clients:\n  pc: { accepted: pc/der.pem }\n`,
      [/^8: clients\.pc\.accepted: .*holds no PEM certificate; convert it: openssl/],
    ],
    [
      'a damaged PEM file',
      `${machines}clients:\n  pc: { anchors: pc/damaged.pem }\n`,
      [/^8: clients\.pc\.anchors: certificate 2 of .*cannot be read/],
    ],
    [
      'a password in the place of a reference',
      `${machines}credentials:\n  vos: { user: administrator, read: hunter2 }\n`,
      [/^8: credentials\.vos\.read: write a reference, never the secret itself/],
    ],
    [
      'credentials that are not listed',
      `${machines}    credentials: windows\n`,
      [/^7: machines\.uccx1\.credentials: "windows" is not listed; .*none yet/],
    ],
    [
      'credentials of web pages that are not listed',
      `${machines}    web: pages\n`,
      [/^7: machines\.uccx1\.web: "pages" is not listed; .*none yet/],
    ],
    [
      'credentials with the name of a method',
      `${machines}    credentials: toString\n`,
      [/^7: .*"toString" is not listed/],
    ],
    [
      'an address that is none',
      `${machines}    address: 999.1.2.3\n`,
      [/^7: machines\.uccx1\.address: write an IPv4 or IPv6/],
    ],
    ['a limit below its least', `${machines}limits: { expiringDays: 0 }\n`, [/^7: limits\.expiringDays: /]],
    [
      'a window at an hour that is none',
      `${machines}window:\n  from: "24:00"\n  to: "04:00"\n`,
      [/^8: window\.from: write hours and minutes/],
    ],
    [
      'a time zone that is none',
      `${machines}window: { from: "22:00", to: "04:00", timeZone: Europe/Berln }\n`,
      [/^7: window\.timeZone: write an IANA name/],
    ],
  ] as const)('%s', (_, text, expected) => {
    const mistakes = mistakesOf(text);
    expect(mistakes).toEqual(expected.map((pattern) => expect.stringMatching(pattern) as string));
  });

  test('several at once, of every sort that can be told together', () => {
    const text = machines.replace('UCCX_PUBLISHER', 'UCCX').replace('uccx1.example.com', 'uccx1');
    expect(mistakesOf(`${text}limits: { probe: -1 }\n`)).toHaveLength(3);
    const clients = 'clients:\n  a: { anchors: pc/none.pem }\n  b: { anchors: pc/none.pem, accepted: pc/der.pem }\n';
    expect(mistakesOf(`${machines}    credentials: none\n${clients}`)).toHaveLength(4);
  });

  test('a password written by mistake is not repeated', () => {
    expect(mistakesOf(`${machines}credentials:\n  vos: { user: a, read: hunter2 }\n`).join()).not.toContain('hunter2');
  });

  test('a file that is not there', () => {
    expect(() => loadInventory(join(folder, 'none.yaml'))).toThrow(
      /cannot be read: .*none\.yaml: there is no such file[^]*uccert init/,
    );
  });
});
