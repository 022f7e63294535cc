import type { Browser, LaunchOptions } from '@playwright/test';
import type { BrowserName, Client } from '#model/inventory.ts';
import type { Inventory } from '#inventory/load.ts';

/** What a browser is started from. */
export interface Start {
  readonly client: Client;
  readonly inventory: Inventory;
  /** The browser's program. */
  readonly file: string;
  /** An empty folder, for the browser alone. */
  readonly home: string;
  /** What all browsers are started with. */
  readonly common: LaunchOptions;
}

/** A browser, and what ends with it. */
export interface Started {
  readonly browser: Browser;
  readonly end: () => Promise<void>;
}

/** The beginning of what a program said. */
export function firstLines(text: string): string {
  return text.split('\n').slice(0, 3).join(' ').slice(0, 400);
}

/** Why a browser did not start. Of a program that ends at once Playwright tells no more than that something was closed. */
export function notStarted(file: string, browser: BrowserName, message: string): string {
  if (/has been closed|Process exited|process did exit/i.test(message))
    return `${file} ended at once; is it a ${browser === 'firefox' ? 'Firefox' : 'Chromium'}?`;
  return `${file} did not start: ${firstLines(message.replace(/^browserType\.\w+: /, ''))}`;
}
