import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import ssh from 'ssh2';
import { listen, type Place } from '../listen.ts';
import type { CommandLine } from '../machine.ts';
import { newHostKey, type HostKey } from '../host-key.ts';
import type { Administrator } from '../sign-in.ts';
import { ChannelIo } from './io.ts';
import type { WindowsMachine } from './machine.ts';
import { newSession } from './program.ts';
import { serveFiles } from './sftp.ts';
import { converse, runLine } from './shell.ts';

function areSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** The OpenSSH server of a Windows machine: a prompt of cmd, or one command line for each `exec`. */
export class WindowsSsh implements CommandLine {
  readonly hostKey: HostKey = newHostKey();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isListening = false;

  constructor(machine: WindowsMachine, administrator: Administrator) {
    const ident = 'OpenSSH_for_Windows_8.1';
    const sshServer = new ssh.Server({ hostKeys: [this.hostKey.privateKey], ident }, (connection) => {
      connection.on('error', () => connection.end());
      connection.on('authentication', (attempt) => {
        const isRight =
          attempt.method === 'password' &&
          areSame(attempt.username.toLowerCase(), administrator.user) &&
          areSame(attempt.password, administrator.password);
        if (isRight) attempt.accept();
        else attempt.reject(['password']);
      });
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        let hasTerminal = false;
        session.on('pty', (accept) => {
          hasTerminal = true;
          accept();
        });
        session.on('exec', (accept, _reject, { command }) => {
          const channel = accept();
          const io = new ChannelIo(channel, hasTerminal);
          const signedIn = newSession(machine);
          const line = machine.shell === 'cmd' ? command : `powershell -EncodedCommand ${encoded(command)}`;
          finish(channel, runLine(signedIn, line, io));
        });
        session.on('sftp', (accept) => serveFiles(accept(), machine.files));
        session.on('shell', (accept) => {
          const channel = accept();
          const io = new ChannelIo(channel, hasTerminal);
          finish(channel, converse(newSession(machine), administrator.user, io));
        });
      });
    });
    // A socket that never says a word is closed with the others when the machine stops.
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      sshServer.injectSocket(socket);
    });
  }

  async start(place: Place): Promise<void> {
    await listen(this.#server, place);
    this.#isListening = true;
  }

  async stop(): Promise<void> {
    if (!this.#isListening) return;
    this.#isListening = false;
    const gone = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await gone;
  }
}

/** A script as -EncodedCommand takes it, so that cmd does not read it first. */
function encoded(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

/** Ends the channel with what the command came to. cmd /c knows no 9009. */
function finish(channel: ssh.ServerChannel, ended: Promise<number>): void {
  ended
    .catch((error: unknown) => {
      channel.stderr.write(`${String(error)}\r\n`);
      return 255;
    })
    .then((code) => {
      channel.exit(code === 9009 ? 1 : code);
      channel.end();
    })
    .catch(() => channel.close());
}
