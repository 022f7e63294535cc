import { UsageError } from '#model/errors.ts';
import { faults } from '#faults/index.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';

/**
 * Reads an inventory to look at its machines: its known problems must be of faults that there are, or they would excuse nothing and
 * nobody would know why. Throws `UsageError`.
 */
export function openInventory(file: string): Inventory {
  const inventory = loadInventory(file);
  const ids = new Set<string>(faults.map(({ id }) => id));
  const strange = (inventory.snapshot.known ?? []).filter(({ fault }) => !ids.has(fault));
  if (strange.length === 0) return inventory;
  const near = new Set(strange.flatMap(({ fault }) => nearest(fault, ids)));
  throw new UsageError({
    seen: `${inventory.file}: known: there is no fault ${strange.map(({ fault }) => `"${fault}"`).join(', ')}.`,
    matters: 'The problem would be reported as if nobody knew of it.',
    todo: `Write the id as reports and docs/catalogue give it${near.size === 0 ? '' : `: ${[...near].join(', ')}`}.`,
  });
}

/** The ids that begin most like what was written. */
function nearest(written: string, ids: ReadonlySet<string>): string[] {
  const shared = (id: string): number => Array.from(id).findIndex((letter, at) => letter !== written[at]);
  const most = Math.max(...[...ids].map(shared));
  return most < 3 ? [] : [...ids].filter((id) => shared(id) === most).slice(0, 3);
}
