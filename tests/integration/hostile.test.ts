import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineId } from '#model/names.ts';
import type { EndpointTarget } from '#probes/endpoint.ts';
import { Certificates, serverName, type CertificateName } from './certificates.ts';
import type { Left, Orders } from './hammer.ts';
import { hostilePeers, listen, presents, unreadablePeers, type Listening } from './hostile-peers.ts';
import { Folder } from './servers.ts';
import { inBase64, node, recordedLists, scan, type Scanned } from './uccert.ts';

/** Seconds. Long enough for a healthy neighbour on a machine that is busy with much else. */
const limits = { connect: 1, probe: 4 };
const probeMs = limits.probe * 1000;

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
let certificates: Certificates;
let healthy: Listening;

/** Meets a client in TLS as a server should. */
function inTls(list: readonly [CertificateName, ...CertificateName[]]): Parameters<typeof listen>[1] {
  const cert = list.map((name) => certificates.pem(name)).join('');
  const secureContext: SecureContext = createSecureContext({
    cert,
    key: readFileSync(certificates.keyFile(list[0])),
    sessionTimeout: 300,
  });
  return (socket) => {
    const tls = new TLSSocket(socket, { isServer: true, secureContext });
    tls.on('error', () => undefined);
    tls.resume();
  };
}

beforeAll(async () => {
  certificates = await Certificates.make(folder);
  healthy = stack.use(await listen('127.85.8.1', inTls(['ec', 'intermediate'])));
});
afterAll(() => stack.disposeAsync());

/** Scans somebody beside a healthy neighbour. Whoever it is, the neighbour is judged in full, and the scan ends in time. */
async function scanBeside(name: string, fqdn: string, address: string | null, port: number): Promise<Scanned> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.yaml`);
  const machine = (at: string | null, itsPort: number, itsName: string): string =>
    JSON.stringify({
      type: 'TLS_SERVER',
      fqdn: itsName,
      certificates: 'ca-signed',
      ports: { open: [itsPort] },
      ...(at === null ? {} : { address: at }),
    });
  writeFileSync(
    file,
    `deployment: UCCX
release: 12.5(1)SU3
machines:
  other: ${machine(address, port, fqdn)}
  healthy: ${machine(healthy.address, healthy.port, serverName)}
clients:
  pc: { anchors: ${certificates.listFile(['root'])} }
limits: ${JSON.stringify(limits)}
`,
  );
  const scanned = await scan([file]);
  const ended = Date.now();
  const { run, err } = scanned;
  const finished = Date.parse(run.finishedAt);
  expect(finished - Date.parse(run.startedAt)).toBeLessThan(probeMs + 1000);
  // Nothing holds the process after its work is done.
  expect(ended - finished).toBeLessThan(2000);
  expect(err).not.toMatch(/\n\s+at |Unhandled|Warning/);
  expect(JSON.stringify(run)).not.toContain('defect-in-uccert');
  const verdicts = run.findings.filter(({ subject }) => 'machine' in subject && subject.machine === 'healthy');
  expect(verdicts.length).toBeGreaterThan(10);
  expect(verdicts.filter(({ verdict: { status } }) => status === 'present' || status === 'inconclusive')).toEqual([]);
  return scanned;
}

/** A process that listens and then does nothing, and as many connections as the system keeps for it. */
async function neverAccepting(address: string): Promise<Listening> {
  const idle = `require('node:net').createServer().listen({ host: '${address}', port: 0, backlog: 1 }, function () {
    require('node:fs').writeSync(1, String(this.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  });`;
  const child = spawn(process.execPath, ['-e', idle], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(first.toString());
  const waiting: Socket[] = [];
  for (let isFull = false; !isFull;) {
    const socket = connect(port, address);
    socket.on('error', () => undefined);
    waiting.push(socket);
    isFull = !(await Promise.race([once(socket, 'connect').then(() => true), pause(300, false)]));
  }
  return {
    address,
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const faultsOf = ({ run }: Scanned): string[] =>
  run.findings.filter(({ verdict }) => verdict.status === 'present').map(({ fault }) => fault);

describe('a scan of a hostile peer beside a healthy one', () => {
  test.concurrent.each(hostilePeers.map((peer, row) => ({ ...peer, address: `127.85.9.${row + 1}` })))(
    'that $title',
    async ({ title, meet, address, reason, detail, fault }) => {
      await using peer = await listen(address, meet);
      const scanned = await scanBeside(title, 'other.lab.test', peer.address, peer.port);
      expect(scanned.run.observations.slice(0, 3)).toMatchObject([
        { kind: 'connection' },
        { kind: 'certificate-list', outcome: 'failed', failure: { reason, ...detail } },
        { kind: 'tls-handshake', outcome: 'failed', failure: { reason, ...detail } },
      ]);
      expect(faultsOf(scanned)).toEqual(fault === undefined ? [] : [fault]);
      expect(scanned.status).toBe(fault === undefined ? 2 : 1);
    },
  );

  test.concurrent.each(unreadablePeers.map((peer, row) => ({ ...peer, address: `127.85.11.${row + 1}` })))(
    'that $title',
    async ({ title, sent, address }) => {
      await using peer = await listen(address, presents(sent));
      const scanned = await scanBeside(title, 'other.lab.test', peer.address, peer.port);
      expect(recordedLists(scanned.run)[0]).toEqual(sent.map((der) => der.toString('base64')));
      expect(faultsOf(scanned)).toEqual(['malformed-certificate']);
      expect(scanned.status).toBe(1);
    },
  );

  test.concurrent('that is not there', async () => {
    const gone = await listen('127.85.8.2', () => undefined);
    await gone[Symbol.asyncDispose]();
    const scanned = await scanBeside('gone', 'other.lab.test', gone.address, gone.port);
    expect(faultsOf(scanned)).toEqual(['service-not-listening']);
    expect(scanned.status).toBe(1);
  });

  test.concurrent('whose name does not resolve', async () => {
    const { run, status } = await scanBeside('nowhere', 'nowhere.invalid', null, 443);
    const port = run.observations.find(({ kind, place }) => kind === 'connection' && place.machine === 'other');
    expect(port).toMatchObject({ failure: { reason: 'name-not-resolved', name: 'nowhere.invalid' } });
    const [verdict] = run.findings.filter(({ fault }) => fault === 'name-not-resolved');
    // A resolver that can say no makes it a fault; without one in reach nobody knows.
    expect(status).toBe(verdict?.verdict.status === 'present' ? 1 : 2);
  });

  test.concurrent('that sends a hundred certificates', async () => {
    const list = ['ec', ...Array<CertificateName>(99).fill('intermediate')] as const;
    await using peer = await listen('127.85.8.3', inTls(list));
    const { run, status } = await scanBeside('hundred', serverName, peer.address, peer.port);
    expect(status).toBe(0);
    expect(recordedLists(run)[0]).toEqual(list.flatMap((name) => inBase64(certificates.pem(name))));
  });

  test.concurrent('that accepts nobody, with its backlog full', async () => {
    await using peer = await neverAccepting('127.85.8.5');
    const { run, status } = await scanBeside('backlog', 'other.lab.test', peer.address, peer.port);
    expect(run.observations[0]).toMatchObject({
      kind: 'connection',
      failure: { reason: 'timed-out', stage: 'connect' },
    });
    expect(status).toBe(2);
  });

  test.concurrent('that would rather resume a session', async () => {
    await using peer = await listen('127.85.8.4', inTls(['ec', 'intermediate']));
    for (const time of ['first', 'second']) {
      const { run, status } = await scanBeside(time, serverName, peer.address, peer.port);
      expect(status).toBe(0);
      expect(recordedLists(run)[0]).toHaveLength(2);
    }
  });
});

test('hundreds of probes of hostile peers leave no handle and no memory behind', async () => {
  const peers = await Promise.all(hostilePeers.map(({ meet }, row) => listen(`127.85.10.${row + 1}`, meet)));
  for (const peer of peers) stack.use(peer);
  const targets = [...peers, healthy].map(({ address, port }): EndpointTarget => ({
    place: { at: 'endpoint', machine: 'peer' as MachineId, port, address, serverName },
    connect: { address, port },
  }));
  const orders: Orders = { targets, limits: { connectMs: 500, probeMs: 700 }, rounds: 12 };
  const { out, err, status } = await node(['--expose-gc', 'tests/integration/hammer.ts', JSON.stringify(orders)]);
  expect({ err, status }).toEqual({ err: '', status: 0 });
  const left = JSON.parse(out) as Left;
  expect(left.probes).toBe(orders.rounds * targets.length);
  expect(left.probes).toBeGreaterThan(200);
  expect(left.reasons).not.toContain('defect-in-uccert');
  expect(left.handles).toEqual([]);
  // The first rounds fill caches and compile; from then on it stays as it is, over forty rounds as over twelve.
  expect(left.bytes.at(-1)! - left.bytes[5]!).toBeLessThan(2 << 20);
  expect(left.mostKilobytes).toBeLessThan(200 << 10);
});
