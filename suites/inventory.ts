import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { openingsOf, type Opening, type PageName } from '#inventory/pages.ts';

let read: Inventory | null = null;

/** The inventory whose pages are opened: `$UCCERT_INVENTORY`, else `./uccert.yaml`, else that of the lab. Read once. */
export function inventory(): Inventory {
  read ??= loadInventory(inventoryFile());
  return read;
}

/** Where a page is opened, and from which PCs; `$UCCERT_CLIENTS` names some of them. */
export function openings(page: PageName): Opening[] {
  const chosen = process.env['UCCERT_CLIENTS']?.split(',');
  return openingsOf(inventory().snapshot).filter(
    ({ place }) => place.page === page && (chosen?.includes(place.client) ?? true),
  );
}

function inventoryFile(): string {
  const named = process.env['UCCERT_INVENTORY'] ?? 'uccert.yaml';
  return existsSync(named) ? named : join(stateFolder(), 'lab', 'uccert.yaml');
}

function stateFolder(): string {
  const { UCCERT_STATE: own, XDG_STATE_HOME: xdg } = process.env;
  if (own !== undefined && own !== '') return own;
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.local', 'state'), 'uccert');
}
