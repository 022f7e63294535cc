import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProbeError } from '#model/errors.ts';
import { VosCli } from '#transports/vos-cli.ts';
import { Folder, runProgram, startServer } from './servers.ts';

const address = '127.85.9.1';
const limits = { connectMs: 5000, commandMs: 5000 };

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
const log = join(folder, 'sshd.log');
let port: number;
let fingerprint: string;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  await server[Symbol.asyncDispose]();
  return free;
}

// A server of one's own with a host key of its own; nobody has an account that it would let in by password.
beforeAll(async () => {
  const key = join(folder, 'host-key');
  await runProgram('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { cwd: folder });
  const [, blob = ''] = readFileSync(`${key}.pub`, 'utf8').split(' ');
  fingerprint = `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
  port = await freePort();
  const config = join(folder, 'sshd_config');
  writeFileSync(
    config,
    `ListenAddress ${address}:${String(port)}
HostKey ${key}
PidFile ${folder}/sshd.pid
UsePAM no
PasswordAuthentication yes
KbdInteractiveAuthentication no
PubkeyAuthentication no
LogLevel VERBOSE
MaxAuthTries 6
`,
  );
  // sshd wants its own full path, and this folder to be there.
  await runProgram('mkdir', ['-p', '/run/sshd'], { cwd: folder });
  stack.use(
    await startServer('/usr/sbin/sshd', { args: ['-f', config, '-D', '-e'], ready: /Server listening/, logFile: log }),
  );
});
afterAll(() => stack.disposeAsync());

async function failureOf(hostKey: string | null): Promise<string | null> {
  try {
    await VosCli.open({ host: address, port, hostKey, user: 'administrator', password: 'not-the-one' }, limits);
  } catch (error) {
    if (error instanceof ProbeError) return error.failure.reason;
    throw error;
  }
  return null;
}

function attempts(): number {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('Failed password')).length;
}

describe('OpenSSH', () => {
  test('gets no password where its host key is not the pinned one', async () => {
    expect(await failureOf(`SHA256:${'A'.repeat(43)}`)).toBe('host-key-differs');
    expect(await failureOf(null)).toBe('host-key-not-pinned');
    expect(attempts()).toBe(0);
  });

  test('gets one password, once, where it is', async () => {
    expect(await failureOf(fingerprint)).toBe('not-authorised');
    expect(attempts()).toBe(1);
  });
});
