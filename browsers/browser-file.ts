import { existsSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';
import type { BrowserName } from '#model/inventory.ts';
import { browserVariables } from './variables.ts';

/** No browser could be started, or the one that was has ended. The message has three parts: seen, matters, to do. */
export class BrowserUnavailable extends Error {
  override readonly name = 'BrowserUnavailable';

  constructor(seen: string, todo: string, options?: ErrorOptions) {
    super([seen, 'No page can be opened without a browser.', todo].join('\n'), options);
  }
}

interface Family {
  /** Where Linux distributions and makers put it. */
  readonly installed: readonly string[];
  /** Where Playwright puts its own build; null where it has none. */
  readonly own: () => string | null;
  readonly install: string;
}

const chrome = ['/usr/bin/google-chrome', '/opt/google/chrome/chrome'];
const edge = ['/usr/bin/microsoft-edge', '/opt/microsoft/msedge/msedge'];

const families: Readonly<Record<BrowserName, Family>> = {
  // Whatever of this family there is: they judge certificates by the same code.
  chromium: {
    installed: ['/usr/bin/chromium', '/usr/bin/chromium-browser', ...chrome, ...edge],
    own: () => chromium.executablePath(),
    install: 'apt-get install chromium, or npx playwright install chromium',
  },
  chrome: { installed: chrome, own: () => null, install: 'npx playwright install chrome' },
  edge: { installed: edge, own: () => null, install: 'npx playwright install msedge' },
  firefox: {
    installed: [
      '/usr/lib/firefox/firefox',
      '/usr/lib/firefox-esr/firefox-esr',
      '/usr/lib64/firefox/firefox',
      '/opt/firefox/firefox',
    ],
    own: () => firefox.executablePath(),
    install: 'npx playwright install firefox, or apt-get install firefox-esr',
  },
};

/** Where to look for the file of a browser. */
export interface Places {
  readonly named?: string | undefined;
  readonly own?: string | null;
}

/**
 * The file of the browser to start: the one named, else Playwright's own, else the system's. Always a whole Chromium: the
 * headless shell leaves its error page blank, and the warning is what people see.
 */
export function browserFile(browser: BrowserName, places: Places = {}): string {
  const { installed, own, install } = families[browser];
  const variable = browserVariables[browser];
  const { named = variable === undefined ? undefined : process.env[variable], own: ours = own() } = places;
  const candidates = named === undefined || named === '' ? [...(ours === null ? [] : [ours]), ...installed] : [named];
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new BrowserUnavailable(
    `There is no ${titles[browser]} at ${candidates.join(', ')}.`,
    `Install one (${install})${variable === undefined ? '' : `, or name its file in ${variable}`}; --browser names another kind.`,
  );
}

const titles: Readonly<Record<BrowserName, string>> = {
  chromium: 'browser of the family of Chromium',
  chrome: 'Google Chrome',
  edge: 'Microsoft Edge',
  firefox: 'Firefox',
};
