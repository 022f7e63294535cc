import { basename } from 'node:path';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { partsByPage, type PartName, type PartsPage } from '#inventory/page-parts.ts';
import { isInRange } from '#products/release.ts';
import { inventory } from './inventory.ts';

/** What parts are called, by their locators: of a click, and of the first of several, Playwright tells no more. */
const names = new Map<string, string>();

export function nameOfPart(locator: string): string | undefined {
  return names.get(locator.replace(/\.first\(\)$/, ''));
}

/** A part that the inventory gives a selector of its own. */
interface OwnPart {
  /** What the part is called where it is missed. */
  readonly words: string;
  readonly own: Locator;
  readonly documented: Locator;
  /** Why it was not found, where the documented selector finds it. */
  readonly mistake: string;
}

/** By their words; those of a page that is closed are in nobody's sight. */
const ownParts = new Map<string, OwnPart>();

/** Why parts are not in sight that the documented selectors find: the inventory's selectors are wrong, not the page. Null where they are not. */
export async function mistakenSelector(isSuspect: (words: string) => boolean): Promise<string | null> {
  for (const { words, own, documented, mistake } of ownParts.values()) {
    if (!isSuspect(words) || (await isInSight(own))) continue;
    if (await isInSight(documented)) return mistake;
  }
  return null;
}

async function isInSight(part: Locator): Promise<boolean> {
  return part
    .first()
    .isVisible()
    .catch(() => false);
}

/** The parts of a page of a release, by its documented selectors; the inventory's `selectors` come first where a page was rebuilt. */
export function partsOf<P extends PartsPage>(
  where: Page | FrameLocator,
  page: P,
  release: string | null = null,
): Readonly<Record<PartName<P>, Locator>> {
  const own = inventory().selectors[page];
  const found = Object.entries(partsByPage[page] ?? {}).map(([name, part]) => {
    const isOlder = part.before !== undefined && isInRange(release, { from: part.before.release }) === false;
    const { selector, words = part.words } = (isOlder ? part.before : undefined) ?? part;
    const replaced = own?.[name];
    const locator = where.locator(replaced ?? selector);
    const file = basename(inventory().file);
    const described =
      replaced === undefined ? `${words} of ${page}` : `${replaced} (${name} under selectors in ${file}) of ${page}`;
    if (replaced !== undefined) {
      const mistake = `${replaced}, which selectors in ${file} give for ${name} of ${page}, is not to be seen, and the documented ${selector} is`;
      ownParts.set(described, { words: described, own: locator, documented: where.locator(selector), mistake });
    }
    names.set(String(locator), described);
    return [name, locator.describe(described)];
  });
  return Object.fromEntries(found) as Readonly<Record<PartName<P>, Locator>>;
}
