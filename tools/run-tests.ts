import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPrivateLoopback } from './private-loopback.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

inPrivateLoopback();
const folder = mkdtempSync(join(tmpdir(), 'uccert-tests-'));

/** Each layer: how it is started, and where its own count stands afterwards. */
const layers: Readonly<Record<string, () => Count>> = {
  unit: () => vitest('unit', []),
  integration: () => vitest('integration', ['--config', 'vitest.integration.config.ts']),
  browser,
};

let passed = 0;
let failed = 0;
for (const name of process.argv.slice(2)) {
  const layer = layers[name];
  if (layer === undefined)
    throw new Error(`no layer of tests is called ${name}; there are ${Object.keys(layers).join(', ')}`);
  const count = layer();
  passed += count.passed;
  failed += count.failed;
}
rmSync(folder, { recursive: true });
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function vitest(name: string, options: readonly string[]): Count {
  const file = join(folder, `${name}.json`);
  const status = start('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...options,
  ]);
  const report = read<{ numPassedTests: number; numFailedTests: number; success: boolean }>(file);
  const count = { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
  return atLeastOneFailure(count, status);
}

function browser(): Count {
  const file = join(folder, 'browser.json');
  const status = start('playwright', ['test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file, UCCERT_JSON_REPORT: '1' });
  const report = read<{ stats: { expected: number; unexpected: number; flaky: number } }>(file);
  const count = {
    passed: report?.stats.expected ?? 0,
    failed: (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0),
  };
  return atLeastOneFailure(count, status);
}

/** A runner that fails without a failed test (a file that does not load, an unhandled error) is a failure all the same. */
function atLeastOneFailure(count: Count, status: number): Count {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const done = spawnSync(join('node_modules', '.bin', program), args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return done.status ?? 1;
}

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}
