import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Authority } from './keys.ts';

/** Loop-back addresses of the bench's own: 127.96.0.1, 127.96.0.2 and so on. */
export function addresses(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, place) => {
    const number = from + place;
    return `127.96.${String(Math.floor(number / 250))}.${String((number % 250) + 1)}`;
  });
}

/** A port that nobody listens on at the first address. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.96.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * nginx with two workers and no session cache, listening at every address: what is measured is full handshakes with a server that somebody else wrote.
 * `protocols`: as `ssl_protocols` takes them.
 */
export async function startNginx(
  { folder, chain, key }: Authority,
  listen: readonly string[],
  port: number,
  protocols: string,
): Promise<AsyncDisposable> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process on; worker_processes 2; pid ${join(folder, 'nginx.pid')}; error_log stderr error;
worker_rlimit_nofile 16384;
events { worker_connections 12000; }
http {
  access_log off; ssl_session_cache off; ssl_session_tickets off; ssl_protocols ${protocols};
  ssl_certificate ${chain}; ssl_certificate_key ${key};
  server {
${listen.map((address) => `    listen ${address}:${String(port)} ssl;`).join('\n')}
    return 204;
  }
}
`,
  );
  // Debian keeps nginx where only root looks.
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
  const nginx = spawn('nginx', ['-c', file, '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  const gone = once(nginx, 'exit');
  const stop = async (): Promise<void> => {
    if (nginx.exitCode === null && nginx.signalCode === null) nginx.kill('SIGTERM');
    await gone;
  };
  const last = listen.at(-1) ?? '127.96.0.1';
  for (let attempt = 0; !(await answers(last, port)); attempt += 1) {
    if (nginx.exitCode !== null || attempt > 200) {
      await stop();
      throw new Error(
        'nginx did not come up; npm run bench needs nginx, sslscan, nmap, openssl and GNU time installed',
      );
    }
    await setTimeout(50);
  }
  return { [Symbol.asyncDispose]: stop };
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Addresses where every connection meets this treatment. */
export async function startPeers(
  listen: readonly string[],
  port: number,
  treat: (socket: Socket) => void,
): Promise<AsyncDisposable> {
  const open = new Set<Socket>();
  const servers = await Promise.all(
    listen.map(async (address): Promise<Server> => {
      const server = createServer((socket) => {
        open.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => open.delete(socket));
        treat(socket);
      }).listen(port, address);
      await once(server, 'listening');
      return server;
    }),
  );
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await Promise.all(
        servers.map(async (server) => {
          server.close();
          await once(server, 'close');
        }),
      );
    },
  };
}
