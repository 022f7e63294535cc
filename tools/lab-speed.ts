import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lab } from '#lab/lab.ts';
import { scenarios } from '#lab/scenarios/index.ts';

/**
 * How long a lab takes to come up by `uccert lab up`, what memory its process holds then, and how long a reset takes inside a
 * test after each scenario. Prints the table of docs/guide/lab.md.
 */
const network = '127.175.0.0/16';
const rows = [
  ['4', []],
  ['12', ['--machines', '12']],
  ['18', ['--deployment', 'pcce', '--signed']],
  ['60', ['--machines', '60']],
  ['68', ['--machines', '68']],
] as const;

console.log('| machines | TLS ports | up, s | memory, MB |\n| --: | --: | --: | --: |');
for (const [machines, options] of rows) {
  const { seconds, megabytes, ports } = upAndDown(options);
  console.log(`| ${machines} | ${String(ports)} | ${seconds.toFixed(1)} | ${String(megabytes)} |`);
}
const resets = await resetsAfterScenarios();
console.log(`\nreset after ${String(resets.length)} scenarios: ${median(resets)} ms, at most ${most(resets)} ms`);

function upAndDown(options: readonly string[]): { seconds: number; megabytes: number; ports: number } {
  const state = mkdtempSync(join(tmpdir(), 'uccert-speed-'));
  const uccert = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [resolve('cli/main.ts'), 'lab', ...args], {
      encoding: 'utf8',
      env: { ...process.env, UCCERT_STATE: state },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    const startedAt = performance.now();
    const status: unknown = JSON.parse(uccert('up', '--network', network, '--json', ...options));
    const seconds = (performance.now() - startedAt) / 1000;
    const { pid, machines } = status as { pid: number; machines: { ports: { shows: string }[] }[] };
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
    const ports = machines.flatMap((machine) => machine.ports).filter(({ shows }) => shows === 'tls').length;
    return { seconds, megabytes: Math.round(Number(kilobytes) / 1000), ports };
  } finally {
    uccert('down');
    rmSync(state, { recursive: true });
  }
}

async function resetsAfterScenarios(): Promise<readonly number[]> {
  const state = mkdtempSync(join(tmpdir(), 'uccert-speed-'));
  const lab = await Lab.start({ state, network, signed: true });
  const taken: number[] = [];
  try {
    for (const scenario of scenarios) {
      if (scenario.needs === 'self-signed' || (scenario.deployment ?? 'UCCX') !== 'UCCX') continue;
      await lab.apply(scenario);
      const startedAt = performance.now();
      await lab.reset();
      taken.push(Math.round(performance.now() - startedAt));
    }
  } finally {
    await lab.stop();
    rmSync(state, { recursive: true });
  }
  return taken;
}

function median(times: readonly number[]): string {
  return String([...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0);
}

function most(times: readonly number[]): string {
  return String(Math.max(...times));
}
