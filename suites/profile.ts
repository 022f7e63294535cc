import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { Client } from '#model/inventory.ts';
import { toPem } from '#model/pem.ts';
import type { Inventory } from '#inventory/load.ts';
import { BrowserUnavailable, chromiumFile } from './chromium.ts';
import { resolverRules } from './resolver-rules.ts';

const run = promisify(execFile);

/** A browser as one kind of PC has it, with a home folder that goes when it is closed. */
export interface Profile extends AsyncDisposable {
  readonly client: Client;
  readonly browser: Browser;
}

/** Starts a browser that trusts what the PC trusts, and nothing else. */
export async function openProfile(client: Client, { certificates, snapshot }: Inventory): Promise<Profile> {
  const executablePath = chromiumFile();
  // uccert browse removes its folder as a whole, so no home outlives a process that was killed.
  const home = await mkdtemp(join(process.env['UCCERT_BROWSE_OUT'] ?? tmpdir(), 'uccert-home-'));
  const leave = (): Promise<void> => rm(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    await trustOnly(client, certificates, home);
    const browser = await chromium.launch({
      executablePath,
      // Chromium refuses to run its sandbox as root. What servers send is hostile, so everybody else keeps it.
      chromiumSandbox: process.getuid?.() !== 0,
      // The home folder decides whom Chromium on Linux trusts. Nothing else of this process is a browser's business.
      env: { HOME: home, PATH: process.env['PATH'] ?? '', TMPDIR: tmpdir(), LANG: 'C.UTF-8' },
      // A person who ends the suites ends the tests first: they sign their accounts out through this browser.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: ['--lang=en-US', '--no-proxy-server', `--host-resolver-rules=${resolverRules(snapshot.machines)}`],
    });
    return {
      client,
      browser,
      [Symbol.asyncDispose]: async () => {
        await browser.close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    if (error instanceof BrowserUnavailable) throw error;
    throw new BrowserUnavailable(
      `${executablePath} did not start: ${firstLines(messageOf(error))}`,
      'Start it by hand to see what it lacks, or name another one in UCCERT_CHROMIUM.',
      { cause: error },
    );
  }
}

/** Writes the trust store of the browser: anchors may issue for servers (`C`), single certificates are peers (`P`). */
async function trustOnly(client: Client, certificates: Inventory['certificates'], home: string): Promise<void> {
  if (client.unread?.reason === 'file-unreadable')
    throw new BrowserUnavailable(`What ${client.id} trusts was not read: ${client.unread.message}`, client.unread.todo);
  const store = join(home, '.pki', 'nssdb');
  const trust = new Map([
    ...client.accepted.map((digest) => [digest, 'P,,'] as const),
    ...client.anchors.map((digest) => [digest, 'C,,'] as const),
  ]);
  await mkdir(store, { recursive: true });
  const commands = await Promise.all(
    [...trust].map(async ([digest, flags]) => {
      const file = join(home, `${digest}.pem`);
      await writeFile(file, toPem(Buffer.from(certificates[digest] ?? '', 'base64')));
      return `-A -t ${flags} -n ${digest} -i ${file}\n`;
    }),
  );
  await writeFile(join(home, 'commands'), commands.join(''));
  try {
    await run('certutil', ['-N', '--empty-password', '-d', `sql:${store}`]);
    if (commands.length > 0) await run('certutil', ['-B', '-i', join(home, 'commands'), '-d', `sql:${store}`]);
  } catch (error) {
    throw new BrowserUnavailable(
      `certutil did not write the trust store of ${client.id}: ${firstLines(messageOf(error))}`,
      'Install it (apt-get install libnss3-tools), and check the certificates of the client in the inventory.',
      { cause: error },
    );
  }
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 3).join(' ').slice(0, 400);
}
