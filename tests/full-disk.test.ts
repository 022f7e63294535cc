import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** What is said, and what is left, where nothing more can be written: no file may grow beyond a limit, as on a full disk. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-full-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs Node where files may have so many blocks. The signal that would end the process is ignored, so that the write itself fails. */
function limited(blocks: number | 'unlimited', args: readonly string[]) {
  const limit = `trap '' XFSZ; ulimit -f ${String(blocks)}; exec "$0" "$@"`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', limit, process.execPath, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, UCCERT_STATE: join(folder, 'state'), UCCERT_INVENTORY: undefined, NO_COLOR: '1' },
  });
  return { status, out: stdout, err: stderr };
}
const uccert = resolve('cli/main.ts');
const scan = [uccert, 'scan', '--target', '127.0.0.1:9'];

test.each([
  [
    'is refused before anybody is asked',
    8,
    3,
    /Nothing can be written into [\s\S]*What is found would be lost[\s\S]*Make room/,
  ],
  ['goes on where there is room', 'unlimited', 1, /is kept/],
] as const)('a scan %s', (_what, blocks, status, said) => {
  const done = limited(blocks, scan);
  expect(done.err).toMatch(said);
  expect(done.err).not.toMatch(/defect|\n\s+at /);
  expect(done.status).toBe(status);
  expect(readdirSync(join(folder, 'state', 'runs')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('what was found is shown although it cannot be kept', () => {
  const blocked = `
    const { runsFolder } = await import(${JSON.stringify(resolve('cli/places.ts'))});
    const { scan } = await import(${JSON.stringify(resolve('workflow/scan.ts'))});
    const { finish } = await import(${JSON.stringify(resolve('cli/finish.ts'))});
    const inventory = { deployment: 'UCCX', file: null, machines: [], clients: [] };
    const limits = { connectMs: 100, probeMs: 100, perMachine: 1 };
    const run = await scan({ command: [], inventory, certificates: {}, limits, deep: false, judgeAt: null });
    await finish(run, { quiet: false, json: false, 'fail-on': 'major' }).catch((error) => console.error(error.name, error.message));`;
  mkdirSync(join(folder, 'state'));
  writeFileSync(join(folder, 'state', 'runs'), 'no folder');
  const { out, err } = limited('unlimited', ['--input-type=module', '-e', blocked]);
  expect(out).not.toBe('');
  expect(err).toMatch(/^UsageError The run \S+ could not be kept: .*\n.*\nMake room/m);
});

test.each([
  ['refuses, and leaves no empty lock', 0, /Refusal The lock .* cannot be written: the file would be larger/, []],
  ['is taken where there is room', 'unlimited', /^taken/, ['one.json', 'two.json']],
] as const)('a lock %s', (_what, blocks, said, left) => {
  const locks = join(folder, 'locks');
  const code = `
    const { lockMachines } = await import(${JSON.stringify(resolve('workflow/lock.ts'))});
    try { lockMachines(['one', 'two'], 'p1', ${JSON.stringify(locks)}); console.error('taken'); }
    catch (error) { console.error(error.name, error.message); }`;
  expect(limited(blocks, ['--input-type=module', '-e', code]).err).toMatch(said);
  expect(existsSync(locks) ? readdirSync(locks) : null).toEqual(left);
});
