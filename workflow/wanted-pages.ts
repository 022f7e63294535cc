import { UsageError } from '#model/errors.ts';
import type { Inventory } from '#inventory/load.ts';
import { openingsOf, pageNames, type Opening, type PageName } from '#inventory/pages.ts';

/** Clients and pages as somebody named them; all unless said. */
interface Named {
  readonly clients?: readonly string[];
  readonly pages?: readonly string[];
}

/**
 * What is to be opened. Pages are named without regard to case.
 *
 * @throws {UsageError} where a client that was named is not there, or nobody opens a page that was named.
 */
export function wantedOpenings(
  { file, snapshot }: Pick<Inventory, 'file' | 'snapshot'>,
  { clients, pages }: Named,
): Opening[] {
  const unknown = clients?.filter((name) => !snapshot.clients.some(({ id }) => id === name)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError({
      seen: `${file} has no client ${unknown.join(', ')}.`,
      matters: 'What a browser shows depends on whom its PC trusts.',
      todo: `Name one of: ${snapshot.clients.map(({ id }) => id).join(', ') || 'none yet'}.`,
    });
  }
  const openings = openingsOf(snapshot).filter(({ client }) => clients?.includes(client.id) ?? true);
  if (pages === undefined) return openings;
  const opened = [...new Set(openings.map(({ name }) => name))];
  const strange = pages.filter((page) => knownAs(page, opened) === undefined);
  if (strange.length > 0) {
    const known = strange.flatMap((page) => knownAs(page, pageNames) ?? []);
    const who = clients === undefined ? 'client' : `client ${clients.join(', ')}`;
    throw new UsageError({
      seen:
        known.length < strange.length
          ? `The suites know no page ${strange.filter((page) => knownAs(page, pageNames) === undefined).join(', ')}.`
          : `No ${who} of ${file} opens the page ${known.join(', ')}.`,
      matters: 'It would not be looked at, and a run that finds no fault would read as if it had been.',
      todo: `Name one of: ${opened.join(', ') || 'none yet'}. A page is there once the inventory has its machine, with its port, and a client whose people open it.`,
    });
  }
  const names = pages.flatMap((page) => knownAs(page, opened) ?? []);
  return openings.filter(({ name }) => names.includes(name));
}

function knownAs(page: string, names: readonly PageName[]): PageName | undefined {
  return names.find((name) => name.toLowerCase() === page.trim().toLowerCase());
}
