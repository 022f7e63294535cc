import type { Client, InventorySnapshot, Machine } from '#model/inventory.ts';
import type { MachineType } from '#model/names.ts';
import type { PagePlace } from '#model/observation.ts';
import { listenersOn } from '#products/index.ts';

/** The pages that the browser suites know, and where they are. One entry here, one suite. */
const pages = [
  {
    page: 'Unified CCX Administration',
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
    port: 443,
    path: '/appadmin/main',
  },
  {
    page: 'Finesse sign-in',
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER', 'FINESSE_PRIMARY', 'FINESSE_SECONDARY'],
    port: 8445,
    path: '/desktop',
  },
] as const satisfies readonly { page: string; types: readonly MachineType[]; port: number; path: string }[];

export type PageName = (typeof pages)[number]['page'];

/** One page to open from one kind of PC. */
export interface Opening {
  readonly place: PagePlace;
  readonly machine: Machine;
  readonly client: Client;
  readonly url: string;
}

/** Every page of the inventory that the people at its PCs open: PC by PC, so that each needs its browser only once. */
export function openingsOf({ machines, clients }: Pick<InventorySnapshot, 'machines' | 'clients'>): Opening[] {
  return clients.flatMap((client) =>
    machines.flatMap((machine) =>
      pages
        .filter(
          ({ types, port }) =>
            types.some((type) => type === machine.type) && machine.ports.includes(port) && opens(client, machine, port),
        )
        .map(({ page, port, path }): Opening => {
          const host = machine.fqdn ?? machine.address ?? machine.id;
          const url = new URL(path, `https://${host.includes(':') ? `[${host}]` : host}:${port}`).href;
          return { place: { at: 'page', machine: machine.id, port, client: client.id, page }, machine, client, url };
        }),
    ),
  );
}

/** As the judge sees it: a port that no document gives an audience is everybody's. */
function opens(client: Client, machine: Machine, port: number): boolean {
  const listener = listenersOn(machine).find((candidate) => candidate.port === port);
  return listener?.audiences.some((audience) => client.audiences.includes(audience)) ?? true;
}
