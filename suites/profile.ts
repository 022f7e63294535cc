import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Client } from '#model/inventory.ts';
import type { Inventory } from '#inventory/load.ts';
import { browserFile, BrowserUnavailable } from '#browsers/browser-file.ts';
import { launchOptions, notStarted } from '#browsers/launch.ts';
import { startChromium } from './chromium.ts';
import { startFirefox } from './firefox.ts';

/** A browser as one kind of PC has it, with a home folder that goes when it is closed. */
export interface Profile extends AsyncDisposable {
  readonly client: Client;
  readonly browser: Browser;
}

/** Starts a browser that trusts what the PC trusts, and nothing else. */
export async function openProfile(client: Client, inventory: Inventory): Promise<Profile> {
  const { browser: sort = 'chromium' } = client;
  const file = browserFile(sort);
  if (client.unread?.reason === 'file-unreadable')
    throw new BrowserUnavailable(`What ${client.id} trusts was not read: ${client.unread.message}`, client.unread.todo);
  // uccert browse removes its folder as a whole, so no home outlives a process that was killed.
  const home = await mkdtemp(join(process.env['UCCERT_BROWSE_OUT'] ?? tmpdir(), 'uccert-home-'));
  const leave = (): Promise<void> => rm(home, { recursive: true, force: true, maxRetries: 3 });
  const start = sort === 'firefox' ? startFirefox : startChromium;
  try {
    const { browser, end } = await start({ client, inventory, file, home, common: launchOptions(home) });
    return {
      client,
      browser,
      [Symbol.asyncDispose]: async () => {
        await browser.close();
        await end();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    if (error instanceof BrowserUnavailable) throw error;
    throw notStarted(file, sort, error);
  }
}
