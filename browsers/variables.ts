import type { BrowserName } from '#model/inventory.ts';

/** The variables of the environment that name the file of a browser; the others are where their makers put them. */
export const browserVariables: Readonly<Partial<Record<BrowserName, string>>> = {
  chromium: 'UCCERT_CHROMIUM',
  firefox: 'UCCERT_FIREFOX',
};
