import type { FrameLocator, Locator, Page } from '@playwright/test';
import { inventory } from '../inventory.ts';

/** Where a part of a page is, and what it is called when it is missed. */
export type Selectors<N extends string> = Readonly<Record<N, readonly [selector: string, words: string]>>;

/** What parts are called, by their locators: of a click, and of the first of several, Playwright tells no more. */
const names = new Map<string, string>();

export function nameOfPart(locator: string): string | undefined {
  return names.get(locator.replace(/\.first\(\)$/, ''));
}

/** The parts of a page, by its documented selectors; the inventory's `selectors` come first where a page was rebuilt. */
export function partsOf<N extends string>(
  where: Page | FrameLocator,
  page: string,
  selectors: Selectors<N>,
): Readonly<Record<N, Locator>> {
  const own = inventory().selectors[page];
  const found = Object.entries<Selectors<N>[N]>(selectors).map(([name, [selector, words]]) => {
    const locator = where.locator(own?.[name] ?? selector);
    const described = `${words} of ${page}`;
    names.set(String(locator), described);
    return [name, locator.describe(described)];
  });
  return Object.fromEntries(found) as Readonly<Record<N, Locator>>;
}
