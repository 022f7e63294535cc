import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Where a port is reached. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** Listens, or rejects with the system's error. */
export async function listen(server: Server, place: Place): Promise<Place> {
  server.listen({ host: place.address, port: place.port, exclusive: true });
  await once(server, 'listening');
  return { address: place.address, port: (server.address() as AddressInfo).port };
}
