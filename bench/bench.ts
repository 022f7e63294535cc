import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assertWhole, compiledClient, contenders, main, type Fleet } from './contenders.ts';
import { makeAuthority, makeCertificateFiles, serverName, type Authority } from './keys.ts';
import { addresses, freePort, startNginx, startPeers } from './peers.ts';
import { median, timed, type Taken } from './timed.ts';

const { values: wanted } = parseArgs({
  options: {
    counts: { type: 'string', default: '8,100,1000,5000' },
    repeat: { type: 'string', default: '3' },
    protocols: { type: 'string', default: 'TLSv1.2 TLSv1.3' },
    only: { type: 'string', default: 'fleets,faulty,files,lanes' },
    contenders: { type: 'string', default: '' },
  },
});
const repeat = Number(wanted.repeat);
const folder = mkdtempSync(join(tmpdir(), 'uccert-bench-'));
try {
  const authority = makeAuthority(folder);
  const parts = { fleets, faulty, files, lanes } as const;
  console.log(
    `${cpus()[0]?.model ?? ''}, ${String(availableParallelism())} cores, Linux ${release()}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, median of ${String(repeat)}\n`,
  );
  for (const part of wanted.only.split(',')) await parts[part as keyof typeof parts](authority);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A state folder of its own for every run, which goes with the bench. */
function newState(): string {
  return mkdtempSync(join(folder, 'state-'));
}

function fleetOf(hosts: readonly string[], port: number): Fleet {
  const write = (name: string, lines: readonly string[]): string => {
    const file = join(folder, `${name}-${String(hosts.length)}.txt`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  };
  const plain = hosts.map((host) => `${host}:${String(port)}`);
  return {
    count: hosts.length,
    port,
    plain: write('plain', plain),
    named: write(
      'named',
      plain.map((place) => `${place} ${serverName}`),
    ),
    hosts: write('hosts', hosts),
  };
}

async function uccert(args: readonly string[], state = newState()): Promise<Taken> {
  return timed([main, ...args], {
    folder,
    output: join(folder, 'out.txt'),
    env: { UCCERT_STATE: state },
  });
}

async function repeated(work: () => Promise<Taken>): Promise<Taken> {
  const all: Taken[] = [];
  for (let round = 0; round < repeat; round += 1) all.push(await work());
  return median(all);
}

/** The same endpoints by every contender, one after the other, so that all meet the same machine. */
async function fleets(authority: Authority): Promise<void> {
  const counts = wanted.counts.split(',').map(Number);
  const port = await freePort();
  const hosts = addresses(Math.max(...counts));
  await using servers = new AsyncDisposableStack();
  servers.use(await startNginx(authority, hosts, port, wanted.protocols));
  const compiled = compiledClient(folder);
  const chosen = [...contenders, ...(compiled === null ? [] : [compiled])].filter(
    ({ name }) => wanted.contenders === '' || wanted.contenders.split(',').includes(name),
  );
  console.log(`nginx, ${wanted.protocols}\n`);
  console.log('| endpoints | program | wall s | CPU s | CPU ms per endpoint | of s_client | peak MB |');
  console.log('| --------: | ------- | -----: | ----: | ------------------: | ----------: | ------: |');
  for (const count of counts) {
    const fleet = fleetOf(hosts.slice(0, count), port);
    const taken = new Map<string, Taken[]>();
    for (let round = 0; round < repeat; round += 1) {
      for (const { name, most, command } of chosen) {
        if (count > most) continue;
        const state = newState();
        const one = await timed(command(fleet, authority), {
          folder,
          output: join(folder, 'out.txt'),
          env: { UCCERT_STATE: state },
        });
        if (name.startsWith('uccert')) assertWhole(state, count);
        rmSync(state, { recursive: true });
        taken.set(name, [...(taken.get(name) ?? []), one]);
      }
    }
    const measure = median(taken.get(contenders[0]?.name ?? '') ?? []).cpu;
    for (const [name, all] of taken) {
      const { wall, cpu, megabytes } = median(all);
      const figures = [wall.toFixed(2), cpu.toFixed(2), ((cpu / count) * 1000).toFixed(2), (cpu / measure).toFixed(3)];
      console.log(`| ${String(count)} | ${name} | ${figures.join(' | ')} | ${megabytes.toFixed(0)} |`);
    }
  }
  console.log('');
}

/** A fleet of which some refuse, some hang and some reset: it is to end one deadline and a second after it began. */
async function faulty(authority: Authority): Promise<void> {
  for (const count of [1000, 5000]) {
    const port = await freePort();
    const hosts = addresses(count);
    const those = (of: number): string[] => hosts.filter((_, place) => place % 20 === of);
    const bad = new Set([0, 7, 13].flatMap(those));
    await using peers = new AsyncDisposableStack();
    peers.use(
      await startNginx(
        authority,
        hosts.filter((host) => !bad.has(host)),
        port,
        wanted.protocols,
      ),
    );
    peers.use(await startPeers(those(7), port, () => undefined));
    peers.use(await startPeers(those(13), port, (socket) => socket.resetAndDestroy()));
    const { named } = fleetOf(hosts, port);
    const { wall, cpu, megabytes } = await uccert(['scan', '--targets', named, '--anchors', authority.root]);
    console.log(
      `${String(count)} endpoints, 5 % refused, 5 % hanging, 5 % resetting: ${wall.toFixed(2)} s of the clock, ${cpu.toFixed(2)} s of the processor, ${megabytes.toFixed(0)} MB; the deadline is 10 s`,
    );
  }
  console.log('');
}

/** Certificate files by the thousand. */
async function files(authority: Authority): Promise<void> {
  const into = join(folder, 'files');
  mkdirSync(into);
  makeCertificateFiles(authority, into, 2000);
  const command = ['check', into, '--intermediates', authority.issuing, '--anchors', authority.root];
  const { wall, cpu, megabytes } = await repeated(() => uccert(command));
  console.log(
    `2000 certificate files checked: ${wall.toFixed(2)} s of the clock, ${cpu.toFixed(2)} s of the processor, ${megabytes.toFixed(0)} MB\n`,
  );
}

/** Sixty machines of ten ports each, two connections a machine. */
async function lanes(authority: Authority): Promise<void> {
  const hosts = addresses(60);
  const ports = await Promise.all(Array.from({ length: 10 }, freePort));
  await using servers = new AsyncDisposableStack();
  for (const port of ports) {
    const own = { ...authority, folder: mkdtempSync(join(folder, 'nginx-')) };
    servers.use(await startNginx(own, hosts, port, wanted.protocols));
  }
  const named = join(folder, 'lanes.txt');
  writeFileSync(
    named,
    hosts.flatMap((host) => ports.map((port) => `${host}:${String(port)} ${serverName}\n`)).join(''),
  );
  const { wall, cpu } = await repeated(() => uccert(['scan', '--targets', named, '--anchors', authority.root]));
  console.log(
    `600 endpoints of 60 machines, two connections a machine: ${wall.toFixed(2)} s of the clock, ${cpu.toFixed(2)} s of the processor\n`,
  );
}
