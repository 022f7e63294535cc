import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { Server, utils, type ServerChannel } from 'ssh2';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ProbeError } from '#model/errors.ts';
import type { SshAccess } from './ssh.ts';
import { VosCli } from './vos-cli.ts';

/** A machine that answers as a test wants, and counts the passwords it was shown. */
interface Machine {
  readonly access: SshAccess;
  readonly shown: string[];
}

const stack: (() => void)[] = [];
afterEach(() => {
  for (const stop of stack.splice(0)) stop();
});

const limits = { connectMs: 2000, commandMs: 400 };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const hostKey = privateKey.export({ type: 'sec1', format: 'pem' }).toString();

function fingerprint(): string {
  const key = utils.parseKey(hostKey);
  if (key instanceof Error) throw key;
  return `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
}

type Method = 'password' | 'keyboard-interactive';

/** `answer`: what a line typed at the prompt brings, the next prompt included. */
async function machine(
  answer: (line: string, shell: ServerChannel) => string,
  greeting = 'Welcome\r\nadmin:',
  methods: readonly Method[] = ['password'],
): Promise<Machine> {
  const shown: string[] = [];
  const server = new Server({ hostKeys: [hostKey] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      const judge = (password: string | undefined): void => {
        shown.push(password ?? 'nothing');
        if (password === 'right') context.accept();
        else context.reject([...methods]);
      };
      if (!methods.includes(context.method as Method)) context.reject([...methods]);
      else if (context.method === 'password') judge(context.password);
      else if (context.method === 'keyboard-interactive')
        context.prompt([{ prompt: 'Password: ', echo: false }], ([typed]) => judge(typed));
    });
    client.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty: (() => void) | undefined) => {
        if (acceptPty !== undefined) acceptPty();
      });
      session.on('shell', (acceptShell) => {
        const shell = acceptShell();
        let typed = '';
        shell.write(greeting);
        shell.on('data', (chunk: Buffer) => {
          // A blank turns the page at once; a line waits for its end.
          if (chunk.toString() === ' ') {
            shell.write('\r\npage 2\r\nadmin:');
            return;
          }
          typed += chunk.toString();
          for (let end = typed.search(/[\r\n]/); end >= 0; end = typed.search(/[\r\n]/)) {
            const line = typed.slice(0, end);
            typed = typed.slice(end + 1);
            shell.write(`${line}\r\n${line === 'set cli pagination off' ? 'admin:' : answer(line, shell)}`);
          }
        });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    shown,
    access: { host: '127.0.0.1', port, hostKey: fingerprint(), user: 'administrator', password: 'right' },
  };
}

async function open(access: SshAccess): Promise<VosCli> {
  const cli = await VosCli.open(access, limits);
  stack.push(() => cli.close());
  return cli;
}

const reasonOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof ProbeError ? error.failure.reason : String(error)),
  );

describe('signing in', () => {
  test.each([[['password']], [['keyboard-interactive']], [['password', 'keyboard-interactive']]] as const)(
    'by %j shows a right password, and a wrong one once',
    async (methods) => {
      const { access, shown } = await machine(() => 'admin:', undefined, methods);
      expect(await reasonOf(open({ ...access, password: 'wrong' }))).toBe('not-authorised');
      expect(shown).toEqual(['wrong']);
      expect(await reasonOf(open(access))).toBe('nothing');
    },
  );

  test.each([
    ['another key is pinned', 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'host-key-differs'],
    ['no key is pinned', null, 'host-key-not-pinned'],
  ])('shows no password when %s', async (_what, pinned, reason) => {
    const { access, shown } = await machine(() => 'admin:');
    expect(await reasonOf(open({ ...access, hostKey: pinned }))).toBe(reason);
    expect(shown).toEqual([]);
  });

  test('names a port that nobody listens on, and one that does not speak SSH', async () => {
    const { access } = await machine(() => 'admin:');
    const http = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await once(http, 'listening');
    stack.push(() => http.close());
    expect(await reasonOf(open({ ...access, port: (http.address() as AddressInfo).port }))).not.toBe('nothing');
    const { port } = http.address() as AddressInfo;
    http.close();
    expect(await reasonOf(open({ ...access, port }))).toBe('connection-refused');
  });

  test('gives up when no prompt comes', async () => {
    const { access } = await machine(() => '', 'Welcome to a machine that says no more\r\n');
    expect(await reasonOf(open(access))).toBe('timed-out');
  });
});

describe('a command', () => {
  test('gives back what it printed, and what came late of an earlier one is not taken for it', async () => {
    const { access } = await machine((line) =>
      line === 'first' ? 'first answer\r\nadmin:\r\nadmin:' : 'second answer\r\nadmin:',
    );
    const cli = await open(access);
    expect((await cli.run('first')).trim()).toBe('first answer');
    expect((await cli.run('second')).trim()).toBe('second answer');
  });

  test('is led through pages', async () => {
    const { access } = await machine(() => 'page 1\r\n-- More --');
    const output = await (await open(access)).run('show cert list trust');
    expect(output).toContain('page 1');
    expect(output).toContain('page 2');
  });

  test('answers what it expects and nothing else', async () => {
    const typed: string[] = [];
    const { access } = await machine((line) => {
      typed.push(line);
      if (line === 'set cert regen tomcat') return 'Proceed with regeneration (yes|no)? ';
      return line === 'yes' ? 'done\r\nadmin:' : 'Operation cancelled\r\nadmin:';
    });
    const cli = await open(access);
    expect(await cli.run('set cert regen tomcat', [{ to: /\(yes\|no\)\?\s*$/, send: 'yes' }])).toContain('done');
    expect(await reasonOf(cli.run('set cert regen tomcat'))).toBe('unexpected-answer');
    await vi.waitFor(() => expect(typed).toEqual(['set cert regen tomcat', 'yes', 'set cert regen tomcat', 'no']));
  });

  test('ends with the connection, and with its deadline', async () => {
    const { access } = await machine((line, shell) => {
      if (line === 'drop') shell.end();
      return '';
    });
    expect(await reasonOf((await open(access)).run('drop'))).toBe('connection-closed');
    expect(await reasonOf((await open(access)).run('hang'))).toBe('timed-out');
  });
});
