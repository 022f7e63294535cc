import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** No browser could be started. The message has three parts: seen, matters, to do. */
export class BrowserUnavailable extends Error {
  override readonly name = 'BrowserUnavailable';

  constructor(seen: string, todo: string, options?: ErrorOptions) {
    super([seen, 'What people see at their PCs is not known without a browser.', todo].join('\n'), options);
  }
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
];

/**
 * The browser to start: the one named, else Playwright's own, else the system's. Always a whole Chromium: the headless
 * shell leaves its error page blank, and the warning is what people see.
 */
export function chromiumFile(named = process.env['UCCERT_CHROMIUM'], own = chromium.executablePath()): string {
  const candidates = named === undefined || named === '' ? [own, ...installed] : [named];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) {
    throw new BrowserUnavailable(
      `There is no browser at ${candidates.join(', ')}.`,
      'Install one (apt-get install chromium, or npx playwright install chromium), or name its file in UCCERT_CHROMIUM.',
    );
  }
  return found;
}
