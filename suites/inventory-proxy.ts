import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { addressAndPort, type Place } from '#model/address-and-port.ts';
import type { Machine } from '#model/inventory.ts';

/** A proxy on loop-back that knows the machines of the inventory, and nobody else. */
export interface InventoryProxy extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

/**
 * Where a name and port are reached: at the inventory's addresses and ports where it has them, by the resolver where not.
 * Null for every other name: a browser calls home otherwise.
 */
export function placeOf(wanted: Place, machines: readonly Machine[]): Place | null {
  const machine = machines.find(({ fqdn, address }) => (fqdn ?? address)?.toLowerCase() === wanted.host.toLowerCase());
  if (machine === undefined) return null;
  const mapped = machine.connect[String(wanted.port)];
  if (mapped !== undefined) return addressAndPort(mapped);
  return { host: machine.address ?? wanted.host, port: wanted.port };
}

/**
 * Starts the way to the machines for a browser that has no rules for names (CONNECT, RFC 9110, 9.3.6). It opens no TLS: the
 * browser judges what the server presents. A plain request is refused, for all that people open is behind TLS.
 */
export async function startInventoryProxy(machines: readonly Machine[]): Promise<InventoryProxy> {
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on('connection', keep);
  server.on('connect', ({ url = '' }, client: Socket, head) => {
    const place = placeOf(addressAndPort(url), machines);
    // A browser may leave at any moment.
    client.on('error', () => client.destroy());
    if (place === null) {
      client.end(refusal('ENOTFOUND'));
      return;
    }
    const server = connect(place);
    keep(server);
    server.once('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.write(head);
      server.pipe(client).pipe(server);
    });
    server.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      // After the answer there is no other word than the end.
      if (server.bytesRead > 0 || server.bytesWritten > 0) client.resetAndDestroy();
      else client.end(refusal(code));
    });
    client.once('close', () => server.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Answers that Firefox reads as what happened (netwerk/protocol/http/nsHttp.cpp). */
function refusal(code: string): string {
  const status = { ENOTFOUND: 404, EAI_AGAIN: 404, ECONNREFUSED: 503, ETIMEDOUT: 504 }[code] ?? 502;
  return `HTTP/1.1 ${String(status)} ${code}\r\n\r\n`;
}
