import type { Browser, LaunchOptions } from '@playwright/test';
import type { Client } from '#model/inventory.ts';
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
