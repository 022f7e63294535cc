import { parse } from 'yaml';
import { entriesOf, type Entry } from './facts.ts';

/** What an inventory says that it did not say before, and what it says no longer: `secured: pg-relies-on-finesse`. */
export function inventoryChange(before: string, after: string): string[] {
  const [then, now] = [entriesOf(parse(before)), entriesOf(parse(after))];
  const came = now.filter((entry) => !then.some((other) => isSame(entry, other)));
  const went = then
    .filter((entry) => !now.some((other) => isSame(entry, other)))
    .filter((entry) => !came.some((other) => nameOf(other) === nameOf(entry)));
  return [
    ...came.map((entry) => `${nameOf(entry)}: ${entry.value}`),
    ...went.map((entry) => `no longer ${nameOf(entry)}: ${entry.value}`),
  ];
}

function isSame(one: Entry, other: Entry): boolean {
  return nameOf(one) === nameOf(other) && one.value === other.value;
}

/** As the inventory is spoken of: `machines.uccx1.release`. */
function nameOf({ path }: Entry): string {
  return path.join('.');
}
