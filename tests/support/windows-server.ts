import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Server, utils, type ServerChannel } from 'ssh2';
import type { SshAccess } from '#transports/ssh.ts';

/** The SSH server of a Windows machine that gives no files, and answers commands as a test wants. */
export interface WindowsServer extends Disposable {
  readonly access: SshAccess;
  /** Passwords that it was shown. */
  readonly shown: readonly string[];
  /** What it found on the standard input of each command. */
  readonly typed: string[];
}

/** `answer` writes to the channel of a command and ends it. The password is `right`. */
export async function startWindowsServer(
  answer: (command: string, channel: ServerChannel) => void,
): Promise<WindowsServer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const hostKey = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  const key = utils.parseKey(hostKey);
  if (key instanceof Error) throw key;
  const shown: string[] = [];
  const typed: string[] = [];
  const server = new Server({ hostKeys: [hostKey] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (context.method !== 'password') {
        context.reject(['password']);
        return;
      }
      shown.push(context.password);
      if (context.password === 'right') context.accept();
      else context.reject(['password']);
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        channel.on('data', (data: Buffer) => typed.push(data.toString()));
        answer(command, channel);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const fingerprint = createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return {
    shown,
    typed,
    access: { host: '127.0.0.1', port, hostKey: `SHA256:${fingerprint}`, user: 'administrator', password: 'right' },
    [Symbol.dispose]: () => server.close(),
  };
}

/** Ends a command as a program does. */
export function exit(channel: ServerChannel, code: number, out = '', errors = ''): void {
  channel.stderr.write(errors);
  channel.write(out);
  channel.exit(code);
  channel.end();
}
