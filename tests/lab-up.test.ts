import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLab } from '#lab/control.ts';
import { canListen } from '#lab/network.ts';

/** `uccert lab up` and `down` as a person meets them: what is refused and how, and that nothing is left behind. */
const main = resolve('cli/main.ts');
const network = '127.171.0.0/16';
const hasRealPorts = await canListen({ address: '127.171.0.11', port: 443 });
let state: string;

interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

async function lab(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Done> {
  const child = spawn(process.execPath, [main, 'lab', ...args], {
    env: { ...process.env, UCCERT_STATE: state, NO_COLOR: '1', ...env },
  });
  child.stdin.end();
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const status = child.exitCode ?? ((await once(child, 'exit'))[0] as number | null);
  return { status, out, err };
}

const up = (...more: readonly string[]): Promise<Done> => lab(['up', '--network', network, ...more]);

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'uccert-up-'));
});
afterEach(async () => {
  await lab(['down']);
  rmSync(state, { recursive: true });
});

test('a lab that goes down leaves nothing behind', async () => {
  expect((await up()).status).toBe(0);
  expect(readdirSync(join(state, 'lab'))).toEqual(expect.arrayContaining(['uccert.yaml', 'os-password']));
  expect((await lab(['down'])).err).toMatch(/The lab is down/);
  expect(readdirSync(state)).toEqual([]);
});

test('what a lab that was killed left is cleared away by the next', async () => {
  const first = await up('--deployment', 'pcce');
  expect(first.status, first.err).toBe(0);
  const running = await findLab(state);
  process.kill(running?.pid ?? 0, 'SIGKILL');
  await expect.poll(() => findLab(state)).toBeNull();
  expect(existsSync(join(state, 'lab', 'machines', 'cvp1'))).toBe(true);
  expect((await up()).status).toBe(0);
  expect(existsSync(join(state, 'lab', 'machines'))).toBe(false);
});

test('a lab that is up is not touched by another in its folder', async () => {
  expect((await up()).status).toBe(0);
  const { status, err } = await lab(['up', '--network', '127.172.0.0/16']);
  expect(status).toBe(3);
  expect(err).toMatch(/^A lab is up already: UCCX, self-signed, on 127\.171\.0\.0\/16\.\n.+\n.+lab down/);
  expect(await findLab(state)).not.toBeNull();
  expect(existsSync(join(state, 'lab', 'os-password'))).toBe(true);
});

test.skipIf(!hasRealPorts)('a network in use is named, with what to do, and nothing is left', async () => {
  const other = createServer().listen(8445, '127.171.0.12');
  await once(other, 'listening');
  const { status, err } = await up();
  other.close();
  expect(status).toBe(3);
  expect(err).toMatch(/^Another program listens on 127\.171\.0\.12:8445\.\n.+\n.+--network/);
  expect(readdirSync(state)).toEqual([]);
});

test('a folder that cannot be written is named, with what to do', async () => {
  writeFileSync(join(state, 'a-file'), '');
  const { status, err } = await lab(['up'], { UCCERT_STATE: join(state, 'a-file') });
  expect(status).toBe(3);
  expect(err).toMatch(/^The folder of the lab cannot be written: .+a-file.lab .+\n.+\n.+UCCERT_STATE/);
});

test('without Java a lab with Windows machines comes up, and says what is missing', async () => {
  const empty = join(state, 'empty');
  mkdirSync(empty);
  const { status, err } = await lab(['up', '--network', network, '--deployment', 'pcce'], {
    PATH: empty,
    JAVA_HOME: '',
  });
  expect(status, err).toBe(0);
  expect(err).toMatch(/^There is no Java on this machine: .+\n.+keytool.+fails\.\nInstall a Java runtime/m);
});
