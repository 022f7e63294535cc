import { createServer, type Server } from 'node:net';
import { UsageError } from '#model/errors.ts';
import { listen, type Place } from './machines/listen.ts';

/** As many as have an address in the last octet beside those of a deployment. */
export const mostMachines = 150;

export const defaultNetwork = '127.77.0.0/16';

/** The first two parts of a lab network. Only loop-back: nothing of the lab may be seen from another machine. */
export function networkPrefix(network: string): string {
  const second = /^127\.(\d{1,3})\.0\.0\/16$/.exec(network)?.[1];
  if (second === undefined || Number(second) > 255) {
    throw new UsageError({
      seen: `The lab network is ${network}.`,
      matters: 'The lab listens only on loop-back addresses, so that no other machine can reach it.',
      todo: `Give a network 127.N.0.0/16 with N from 0 to 255, for example ${defaultNetwork}.`,
    });
  }
  return `127.${Number(second)}`;
}

/** The system's name of what went wrong. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}

/** Whether this process may listen on a low port of the lab's own addresses. */
export async function canListen(place: Place): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, place);
  } catch (error) {
    // Low ports are closed to the user, or the system has no further loop-back addresses. In use is another matter.
    return !['EACCES', 'EPERM', 'EADDRNOTAVAIL'].includes(codeOf(error));
  }
  await closed(server);
  return true;
}

/** Ports of 127.0.0.1 that nobody uses just now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const places = await Promise.all(servers.map((server) => listen(server, { address: '127.0.0.1', port: 0 })));
  await Promise.all(servers.map(closed));
  return places.map(({ port }) => port);
}

/** Tells the user what a failed listen means. */
export function listenFailure(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { address, port } = thrown as Error & { address?: string; port?: number };
  switch (codeOf(thrown)) {
    case 'EADDRINUSE':
      return new UsageError(
        {
          seen: `Another program listens on ${address ?? 'the address'}:${String(port ?? '?')}.`,
          matters: 'The lab cannot start there, and half a lab would give wrong results.',
          todo: 'Stop that program (another lab: uccert lab down with the $UCCERT_STATE that it was started with), or choose another network: uccert lab up --network 127.78.0.0/16, or --port-map.',
        },
        { cause: thrown },
      );
    case 'EMFILE':
    case 'ENFILE':
      return new UsageError(
        {
          seen: 'The system lets the lab open no more files.',
          matters: 'Every port of every machine is one of them, and half a lab would give wrong results.',
          todo: 'Allow more, for example ulimit -n 4096, or start fewer machines.',
        },
        { cause: thrown },
      );
    default:
      return thrown;
  }
}
