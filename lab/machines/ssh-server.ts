import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import ssh from 'ssh2';
import { newHostKey, type HostKey } from './host-key.ts';
import { listen, type Place } from './listen.ts';
import type { CommandLine } from './machine.ts';

/** An SSH server that can be stopped whatever its clients do, and started again with the same host key. */
export class SshServer implements CommandLine {
  readonly hostKey: HostKey = newHostKey();
  /** Ours, not ssh2's: that one loses sight of a socket that never says a word, and could not be stopped. */
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #place: Place | null = null;

  /** `ident`: what it calls itself. */
  constructor(serve: (connection: ssh.Connection) => void, ident?: string) {
    const hostKeys = [this.hostKey.privateKey];
    const sshServer = new ssh.Server({ hostKeys, ...(ident === undefined ? {} : { ident }) }, (connection) => {
      connection.on('error', () => connection.end());
      serve(connection);
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
