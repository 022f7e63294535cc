import type { BrowserName } from '#model/inventory.ts';
import type { Inventory } from './load.ts';

/** The inventory as if all its clients browsed with one browser; as it is where none is named. */
export function seenWith(inventory: Inventory, browser: BrowserName | undefined): Inventory {
  if (browser === undefined) return inventory;
  const { snapshot } = inventory;
  return {
    ...inventory,
    snapshot: { ...snapshot, clients: snapshot.clients.map((client) => ({ ...client, browser })) },
  };
}
