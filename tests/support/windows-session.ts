import { once } from 'node:events';
import { Client } from 'ssh2';
import type { Lab } from '#lab/lab.ts';

/** What a command came to, line ends as on other systems. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A connection to a Windows machine of a lab, over real SSH. */
export interface WindowsSession extends AsyncDisposable {
  /** One command line in cmd; `input` is what is typed while it runs. */
  readonly run: (command: string, input?: string) => Promise<Ran>;
  readonly client: Client;
}

export async function connectWindows(lab: Lab, idOrType: string): Promise<WindowsSession> {
  const machine = lab.windows(idOrType);
  const { place, fingerprint } = lab.ssh(machine.id);
  const client = new Client();
  const { user, password } = lab.administrator;
  client.connect({
    host: place.address,
    port: place.port,
    username: user,
    password,
    hostHash: 'sha256',
    hostVerifier: (digest: string) =>
      `SHA256:${Buffer.from(digest, 'hex').toString('base64').replace(/=+$/, '')}` === fingerprint,
  });
  await once(client, 'ready');
  return {
    client,
    run: (command, input) => run(client, command, input),
    [Symbol.asyncDispose]: async () => {
      const gone = once(client, 'close');
      client.end();
      await gone;
    },
  };
}

async function run(client: Client, command: string, input = ''): Promise<Ran> {
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error !== undefined) {
        reject(error);
        return;
      }
      let code: number | null = null;
      channel.on('data', (data: Buffer) => out.push(data));
      channel.stderr.on('data', (data: Buffer) => errors.push(data));
      channel.on('exit', (exit: number | null) => (code = exit));
      channel.on('close', () => {
        const text = (chunks: readonly Buffer[]): string =>
          Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n');
        resolve({ code, out: text(out), errors: text(errors) });
      });
      channel.end(input);
    });
  });
}
