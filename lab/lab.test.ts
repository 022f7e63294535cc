import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { get } from 'node:http';
import { connect as connectTcp, createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { Lab } from './lab.ts';
import type { Place } from './machines/listen.ts';
import { canListen, codeOf } from './network.ts';
import { expectedPorts } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

/** Those of the deployment that a lab has unless told otherwise. */
const ofExpress = scenarios.filter(({ deployment }) => deployment === undefined);

const network = '127.71.0.0/16';
/** Whether this user gets the real ports; else every lab here has a port map. */
const hasRealPorts = await canListen({ address: '127.71.0.11', port: 443 });

/** The certificate a place presents, verified against one anchor. */
async function presented(place: Place, anchor: X509Certificate): Promise<string> {
  const socket = connect({
    host: place.address,
    port: place.port,
    ca: anchor.toString(),
    checkServerIdentity: () => undefined,
  });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  return certificate?.fingerprint256 ?? '';
}

async function refusal(place: Place): Promise<string> {
  const socket = connect({ host: place.address, port: place.port });
  const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [unknown];
  socket.destroy();
  return codeOf(error);
}

describe.each([
  ['self-signed', false],
  ['signed', true],
])('a %s lab', (kind, signed) => {
  let up: TestLab;
  let lab: Lab;

  beforeAll(async () => {
    up = await startTestLab(network, { signed });
    lab = up.lab;
  });
  afterAll(() => up[Symbol.asyncDispose]());

  test('every open port presents its machine’s certificate, the others are closed', async () => {
    for (const machine of lab.machines) {
      const certificate = machine.identities[0]!.certificate;
      const anchor = signed ? lab.authority.root.certificate : certificate;
      for (const port of machine.ports) {
        if (machine.openPorts.includes(port.number)) {
          expect(await presented(port.place, anchor)).toBe(certificate.fingerprint256);
        } else {
          expect(await refusal(port.place)).toBe('ECONNREFUSED');
        }
      }
    }
  });

  test('sends the intermediate after its own certificate when signed, and never the root', () => {
    const { machines } = lab.digest;
    const sent = machines['uccx1']?.ports[8445];
    expect(sent).toEqual([
      machines['uccx1']?.tomcat,
      ...(signed ? [machines['uccx1']?.['tomcat-trust']?.['Lab_Issuing_CA.pem']] : []),
    ]);
  });

  test('peers hold what the relations say', () => {
    const trust = (id: string): readonly string[] => Object.keys(lab.digest.machines[id]?.['tomcat-trust'] ?? {});
    if (signed) {
      for (const { id } of lab.machines) expect(trust(id)).toEqual(['Lab_Issuing_CA.pem', 'Lab_Root_CA.pem']);
    } else {
      expect(trust('uccx1')).toEqual(['ccp1.lab.example.pem', 'cucm1.lab.example.pem', 'uccx2.lab.example.pem']);
      expect(trust('ccp1')).toEqual(['uccx1.lab.example.pem', 'uccx2.lab.example.pem']);
      expect(trust('cucm1')).toEqual([]);
    }
  });

  test('the inventory names the machines, and the files it names exist', async () => {
    const inventory = parse(await readFile(lab.inventoryFile, 'utf8')) as {
      machines: Record<string, object>;
      clients: Record<string, Record<string, string>>;
    };
    expect(Object.keys(inventory.machines)).toEqual(['uccx1', 'uccx2', 'ccp1', 'cucm1']);
    expect(inventory.machines['uccx1']).toMatchObject({
      type: 'UCCX_PUBLISHER',
      fqdn: 'uccx1.lab.example',
      address: hasRealPorts ? '127.71.0.11' : '127.0.0.1',
      certificates: signed ? 'ca-signed' : 'self-signed',
      ssh: { hostKey: lab.ssh(lab.machine('uccx1').id).fingerprint },
    });
    for (const file of Object.values(inventory.clients['pc-managed'] ?? {})) {
      expect(await readFile(join(lab.folder, file), 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    }
    expect((await stat(join(lab.folder, 'os-password'))).mode & 0o777).toBe(0o600);
  });

  for (const scenario of ofExpress.filter(({ needs }) => needs === 'any' || needs === kind)) {
    test(`${scenario.id} breaks the lab, and healing leaves no trace`, async () => {
      const before = lab.digest;
      const inventory = await readFile(lab.inventoryFile, 'utf8');
      await lab.apply(scenario);
      expect(lab.digest).not.toEqual(before);
      expect(lab.broken).toEqual([scenario.id]);
      await lab.heal();
      expect(lab.digest).toEqual(before);
      expect(lab.broken).toEqual([]);
      expect(await readFile(lab.inventoryFile, 'utf8')).toBe(inventory);
    });
  }

  test('a scenario of the other kind of lab is refused', async () => {
    const other = ofExpress.find(({ needs }) => needs !== 'any' && needs !== kind)!;
    await expect(lab.apply(other)).rejects.toThrow(/needs a .* lab; this one is /);
  });

  test('a regenerated certificate is presented only after the service has restarted', async () => {
    const machine = lab.vos('uccx1');
    const before = machine.identity.certificate;
    const anchor = signed ? lab.authority.root.certificate : before;
    await machine.regenerate();
    const after = machine.identity.certificate;
    expect(await presented(machine.port(443).place, anchor)).toBe(before.fingerprint256);
    await machine.restartService('Cisco Tomcat');
    expect(await presented(machine.port(443).place, after)).toBe(after.fingerprint256);
    expect(await presented(machine.port(12015).place, anchor)).toBe(before.fingerprint256);
    await lab.reset();
    expect(await presented(machine.port(443).place, anchor)).toBe(before.fingerprint256);
  });

  test('a port is closed while its service restarts, and a reset overtakes the restart', async () => {
    const machine = lab.vos('uccx2');
    const restarted = machine.restartService('Cisco Web Proxy Service');
    await lab.reset();
    await restarted;
    expect(machine.port(8445).presents.as).toBe('tls');
  });
});

describe('trust replication, where it is switched on', () => {
  test('what is uploaded on the publisher appears on the subscriber', async () => {
    await using up = await startTestLab(network, {
      manners: { trustReplicates: 'everywhere', restartMilliseconds: 5 },
    });
    const [first, second] = [up.lab.vos('uccx1'), up.lab.vos('uccx2')];
    first.trust.delete('ccp1.lab.example.pem');
    second.trust.delete('ccp1.lab.example.pem');
    first.importTrust(up.lab.vos('ccp1').identity.certificate);
    await expect.poll(() => second.trust.get('ccp1.lab.example.pem')).toBeDefined();
  });
});

describe('scenario list', () => {
  test('ids are file names, each once, and every machine that is expected exists', async () => {
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    for (const [deployment, ofIt] of Map.groupBy(scenarios, (scenario) => scenario.deployment ?? 'UCCX')) {
      await using up = await startTestLab(network, { deployment });
      for (const { id, expects } of ofIt) {
        await expect(stat(new URL(`scenarios/${id}.ts`, import.meta.url))).resolves.toBeDefined();
        for (const expectation of expects) {
          const machine = up.lab.machine(expectation.on);
          const { presenter = 'every' } = expectation;
          const isMachine = presenter !== 'every' && presenter !== up.lab.scriptTarget.id;
          if (isMachine) expect(up.lab.machine(presenter)).toBeDefined();
          const ports = expectedPorts(up.lab, expectation);
          if (ports !== null) {
            expect(ports).not.toEqual([]);
            expect(machine.openPorts).toEqual(expect.arrayContaining([...ports]));
          }
        }
      }
    }
  });

  test('the port that lost its TLS answers plain HTTP', async () => {
    await using up = await startTestLab(network);
    const { place } = up.lab.machine('uccx1').port(8444);
    await up.lab.apply(scenarios.find(({ id }) => id === 'reporting-without-tls')!);
    const [response] = (await once(get({ host: place.address, port: place.port }), 'response')) as [
      { statusCode: number },
    ];
    expect(response.statusCode).toBe(302);
    const socket = connectTcp(place.port, place.address);
    socket.write(Buffer.from('16030100050100000100', 'hex'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
    socket.destroy();
  });

  test('on a release before 12.5 the notification service listens on 7443', async () => {
    await using up = await startTestLab(network);
    await up.lab.setRelease('12.0(1)');
    const machine = up.lab.vos('uccx1');
    const { certificate } = machine.identity;
    expect(await presented(machine.port(7443).place, certificate)).toBe(certificate.fingerprint256);
  });
});

describe('a start that cannot be', () => {
  test.skipIf(!hasRealPorts)('a port in use is named, with what to do', async () => {
    const other = createServer().listen(8445, '127.71.0.12');
    await once(other, 'listening');
    await expect(startTestLab(network)).rejects.toThrow(
      /^Another program listens on 127\.71\.0\.12:8445\.\n.+\n.+--network 127\.78\.0\.0\/16/,
    );
    other.close();
    await once(other, 'close');
    // Nothing of the failed start is left.
    await using up = await startTestLab(network);
    expect(up.lab.broken).toEqual([]);
  });

  test.each(['10.0.0.0/8', '127.300.0.0/16', '0.0.0.0/0', '127.1.0.0/24'])('%s is no lab network', async (outside) => {
    await expect(Lab.start({ state: 'nowhere', network: outside })).rejects.toThrow(
      /listens only on loop-back addresses/,
    );
  });
});

describe('clients that behave badly', () => {
  test.each([443, 22])(
    'garbage, silence and a reset at port %i do no harm, nor keep the lab from stopping',
    async (number) => {
      await using up = await startTestLab(network);
      const machine = up.lab.vos('uccx1');
      const { address, port } = number === 22 ? up.lab.ssh(machine.id).place : machine.port(number).place;
      const sockets = Array.from({ length: 3 }, () =>
        connectTcp(port, address)
          .on('error', () => undefined)
          .resume(),
      );
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      const [garbage, silent, reset] = sockets;
      garbage?.write(Buffer.alloc(600, 0x16));
      reset?.resetAndDestroy();
      const { certificate } = machine.identity;
      expect(await presented(machine.port(443).place, certificate)).toBe(certificate.fingerprint256);
      const ended = once(silent!, 'close');
      await up.lab.stop();
      await ended;
    },
  );
});

describe('with a port map', () => {
  test('is what is left where an address is not to be had', async () => {
    expect(await canListen({ address: '192.0.2.1', port: 443 })).toBe(false);
    expect(await canListen({ address: '127.0.0.1', port: 0 })).toBe(true);
  });

  test('every port is somewhere on 127.0.0.1, and the inventory says where', async () => {
    await using up = await startTestLab(network, { portMap: true });
    const { lab } = up;
    const machine = lab.vos('uccx1');
    const { certificate } = machine.identity;
    const inventory = parse(lab.inventory) as {
      machines: Record<string, { address: string; ssh: { port: number }; connect: Record<string, string> }>;
    };
    const described = inventory.machines['uccx1']!;
    expect(described.address).toBe('127.0.0.1');
    expect(described.ssh.port).toBeGreaterThan(1023);
    expect(Object.keys(described.connect)).toContain('9089');
    const [address = '', port = ''] = described.connect['8445']!.split(':');
    expect(await presented({ address, port: Number(port) }, certificate)).toBe(certificate.fingerprint256);
  });
});
