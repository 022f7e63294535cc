import type { FrameLocator, Locator, Page } from '@playwright/test';
import { partsByPage, type PartName, type PartsPage } from '#inventory/page-parts.ts';
import { isInRange } from '#products/release.ts';
import { inventory } from './inventory.ts';

/** What parts are called, by their locators: of a click, and of the first of several, Playwright tells no more. */
const names = new Map<string, string>();

export function nameOfPart(locator: string): string | undefined {
  return names.get(locator.replace(/\.first\(\)$/, ''));
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
    const locator = where.locator(own?.[name] ?? selector);
    const described = `${words} of ${page}`;
    names.set(String(locator), described);
    return [name, locator.describe(described)];
  });
  return Object.fromEntries(found) as Readonly<Record<PartName<P>, Locator>>;
}
