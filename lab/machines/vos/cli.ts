import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import ssh from 'ssh2';
import { HungUp, Terminal } from './terminal.ts';
import { newHostKey, type HostKey } from '../host-key.ts';
import { listen, type Place } from '../listen.ts';
import type { CommandLine } from '../machine.ts';
import { converse } from './commands/index.ts';
import type { VosMachine } from './machine.ts';

/** The SSH server in front of a machine's `admin:` prompt. */
export class VosCli implements CommandLine {
  readonly hostKey: HostKey;
  /** Ours, not ssh2's: that one loses sight of a socket that never says a word, and could not be stopped. */
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #place: Place | null = null;

  constructor(machine: VosMachine) {
    this.hostKey = newHostKey();
    const sshServer = new ssh.Server({ hostKeys: [this.hostKey.privateKey] }, (connection) => {
      connection.on('error', () => connection.end());
      connection.on('authentication', (attempt) => {
        if (attempt.method === 'password' && machine.signIn.check(attempt.username, attempt.password) === 'accepted') {
          attempt.accept();
        } else attempt.reject(['password']);
      });
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        session.on('pty', (accept) => accept());
        // The CLI of a VOS machine is a shell; single commands by `ssh host command` are refused.
        session.on('exec', (_accept, reject) => reject());
        session.on('shell', (accept) => {
          const channel = accept();
          converse(machine, new Terminal(channel))
            .then(() => {
              channel.exit(0);
              channel.end();
            })
            .catch((error: unknown) => {
              if (!(error instanceof HungUp)) channel.stderr.write(`${String(error)}\r\n`);
              channel.close();
            });
        });
      });
    });
    // Every key typed is a packet of its own: with Nagle's algorithm each echo would wait for a delayed acknowledgement.
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      sshServer.injectSocket(socket);
    });
  }

  /** Where it listens. */
  get place(): Place | null {
    return this.#place;
  }

  async start(place: Place): Promise<void> {
    this.#place = await listen(this.#server, place);
  }

  async stop(): Promise<void> {
    if (this.#place === null) return;
    this.#place = null;
    const gone = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await gone;
  }
}
