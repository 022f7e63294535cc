import type { FrameLocator, Locator, Page } from '@playwright/test';
import { inventory } from '../inventory.ts';

/** Where a part of a page is, and what it is called when it is missed. */
export type Selectors<N extends string> = Readonly<Record<N, readonly [selector: string, words: string]>>;

/** The parts of a page, by its documented selectors; the inventory's `selectors` come first where a page was rebuilt. */
export function partsOf<N extends string>(
  where: Page | FrameLocator,
  page: string,
  selectors: Selectors<N>,
): Readonly<Record<N, Locator>> {
  const own = inventory().selectors[page];
  const found = Object.entries<Selectors<N>[N]>(selectors).map(([name, [selector, words]]) => [
    name,
    where.locator(own?.[name] ?? selector).describe(words),
  ]);
  return Object.fromEntries(found) as Readonly<Record<N, Locator>>;
}
