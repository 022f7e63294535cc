import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh from 'ssh2';
import { HungUp, Terminal } from './terminal.ts';
import type { Place } from './tls-port.ts';
import { converse } from './vos-commands.ts';
import type { VosMachine } from './vos-machine.ts';

/** The operating system administrator of the lab's machines. */
export interface Administrator {
  readonly user: string;
  readonly password: string;
}

function areSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** A host key and its fingerprint as OpenSSH writes it. */
export interface HostKey {
  readonly privateKey: string;
  readonly fingerprint: string;
}

export function newHostKey(): HostKey {
  const pair = ssh.utils.generateKeyPairSync('ed25519');
  const parsed = ssh.utils.parseKey(pair.public);
  if (parsed instanceof Error) throw parsed;
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { privateKey: pair.private, fingerprint: `SHA256:${digest}` };
}

/** The SSH server in front of a machine's `admin:` prompt. */
export class VosCli {
  readonly hostKey: HostKey;
  readonly #server: ssh.Server;
  readonly #connections = new Set<ssh.Connection>();
  #place: Place | null = null;

  constructor(machine: VosMachine, administrator: Administrator) {
    this.hostKey = newHostKey();
    this.#server = new ssh.Server({ hostKeys: [this.hostKey.privateKey] }, (connection) => {
      this.#connections.add(connection);
      // Every key typed is a packet of its own: with Nagle's algorithm each echo waits for a delayed acknowledgement.
      (connection as ssh.Connection & Pick<ssh.Client, 'setNoDelay'>).setNoDelay(true);
      connection.on('close', () => this.#connections.delete(connection));
      connection.on('error', () => connection.end());
      connection.on('authentication', (attempt) => {
        if (
          attempt.method === 'password' &&
          areSame(attempt.username, administrator.user) &&
          areSame(attempt.password, administrator.password)
        ) {
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
  }

  /** Where it listens. */
  get place(): Place | null {
    return this.#place;
  }

  async start(place: Place): Promise<void> {
    this.#server.listen(place.port, place.address);
    await once(this.#server, 'listening');
    // An error after that is a connection's own.
    this.#server.on('error', () => undefined);
    this.#place = { address: place.address, port: (this.#server.address() as AddressInfo).port };
  }

  async stop(): Promise<void> {
    if (this.#place === null) return;
    this.#place = null;
    const gone = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.end();
    await gone;
  }
}
