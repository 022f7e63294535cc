import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '#model/errors.ts';
import { BrowserName } from '#model/inventory.ts';
import { seenWith } from '#inventory/browser.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { openingsOf, type Opening, type PageName } from '#inventory/pages.ts';

let read: Inventory | null = null;

/** The inventory whose pages are opened: `$UCCERT_INVENTORY`, else `./uccert.yaml`, else that of the lab; with `$UCCERT_BROWSER` where it is set. Read once. */
export function inventory(): Inventory {
  read ??= seenWith(written(), BrowserName.optional().parse(process.env['UCCERT_BROWSER']));
  return read;
}

/** What is wrong with the file is said by its words: where the code stood when it was read helps nobody. */
function written(): Inventory {
  try {
    return loadInventory(inventoryFile());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    error.stack = error.message;
    error.cause = undefined;
    throw error;
  }
}

/** Where somebody signs in to a page, and from which PCs; `$UCCERT_CLIENTS` and `$UCCERT_PAGES` name some of them. */
export function openings(page: PageName): Opening[] {
  return chosen().filter(({ name, role }) => name === page && role !== null);
}

/** Pages that are only opened: nobody signs in. */
export function openingsOnly(): Opening[] {
  return chosen().filter(({ role }) => role === null);
}

function chosen(): Opening[] {
  const clients = process.env['UCCERT_CLIENTS']?.split(',');
  const pages = process.env['UCCERT_PAGES']?.split(',');
  return openingsOf(inventory().snapshot)
    .filter(({ client }) => clients?.includes(client.id) ?? true)
    .filter(({ name }) => pages?.includes(name) ?? true);
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
