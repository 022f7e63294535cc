import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firefox } from '@playwright/test';
import { firefoxExceptions, firefoxPolicies } from '#model/firefox-trust.ts';
import { toPem } from '#model/pem.ts';
import { firefoxTrust } from '#inventory/firefox.ts';
import { BrowserUnavailable } from '#browsers/browser-file.ts';
import { startInventoryProxy, type InventoryProxy } from './inventory-proxy.ts';
import type { Start, Started } from './start.ts';

/** Where Firefox on Linux looks for policies before its own folder. */
const policiesOfMachine = '/etc/firefox/policies/policies.json';

/**
 * Starts Firefox: the build of Playwright, which reads the policies that its environment names, or a stock one, whose folder is
 * mirrored, for it reads those beside its program. The machine's own folders are left as they are.
 */
export async function startFirefox({ client, inventory, file, home, common }: Start): Promise<Started> {
  const { byPolicy, exceptions } = firefoxTrust(client, inventory);
  const certificates = join(home, 'certificates');
  await mkdir(certificates);
  const files = await Promise.all(
    byPolicy.map(async (digest) => {
      const pem = join(certificates, `${digest}.pem`);
      await writeFile(pem, toPem(Buffer.from(inventory.certificates[digest] ?? '', 'base64')));
      return pem;
    }),
  );
  await writeFile(join(home, 'cert_override.txt'), firefoxExceptions(exceptions));
  const program = realpathSync(file);
  const isOfPlaywright = existsSync(join(dirname(program), 'playwright.cfg'));
  const installed = isOfPlaywright ? join(home, 'policies') : join(home, 'firefox', 'distribution');
  await mkdir(installed, { recursive: true });
  const policies = join(installed, 'policies.json');
  await writeFile(policies, firefoxPolicies(files));
  const proxy = await startInventoryProxy(inventory.snapshot.machines);
  try {
    const browser = await firefox.launch({
      ...common,
      ...(isOfPlaywright ? {} : { channel: 'moz-firefox' }),
      executablePath: await starter(home, isOfPlaywright ? [program] : await stock(program, home)),
      env: { ...common.env, PLAYWRIGHT_FIREFOX_POLICIES_JSON: policies },
      firefoxUserPrefs: preferences(proxy),
    });
    return { browser, end: async () => proxy[Symbol.asyncDispose]() };
  } catch (error) {
    await proxy[Symbol.asyncDispose]();
    throw error;
  }
}

/** The command of a stock Firefox with a folder of its own. It tells its folder from where its program is, so that one is no link. */
async function stock(program: string, home: string): Promise<string[]> {
  if (existsSync(policiesOfMachine))
    throw new BrowserUnavailable(
      `${policiesOfMachine} decides what ${program} trusts, whatever the PC of the inventory trusts.`,
      "Install Playwright's own build, which does not read it (npx playwright install firefox), or move the file away.",
    );
  const folder = dirname(program);
  if (!existsSync(join(folder, 'application.ini')))
    throw new BrowserUnavailable(
      `${program} is not the program of Firefox itself: there is no application.ini beside it.`,
      'Name the one in the folder of the installation in UCCERT_FIREFOX, for example /usr/lib/firefox/firefox.',
    );
  const mirror = join(home, 'firefox');
  const own = basename(program);
  const entries = (await readdir(folder)).filter((entry) => entry !== own && entry !== 'distribution');
  await Promise.all(entries.map((entry) => symlink(join(folder, entry), join(mirror, entry))));
  await copyFile(program, join(mirror, own));
  return [process.execPath, fileURLToPath(new URL('./firefox-relay.ts', import.meta.url)), join(mirror, own)];
}

/** A script that puts the exceptions into the profile that Playwright makes, and starts the command. */
async function starter(home: string, command: readonly string[]): Promise<string> {
  const script = join(home, 'start-firefox');
  const lines = [
    '#!/bin/sh',
    'for word in "$@"; do',
    `  case "$before" in -profile | --profile) cp ${quoted(join(home, 'cert_override.txt'))} "$word" || exit 1 ;; esac`,
    '  before=$word',
    'done',
    `exec ${command.map(quoted).join(' ')} "$@"`,
    '',
  ];
  await writeFile(script, lines.join('\n'), { mode: 0o700 });
  return script;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Everything goes through the proxy: names lead to the inventory's addresses, and Firefox does not call home. */
function preferences({ host, port }: InventoryProxy): Record<string, string | number | boolean> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': host,
    'network.proxy.http_port': port,
    'network.proxy.ssl': host,
    'network.proxy.ssl_port': port,
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
    'network.proxy.allow_bypass': false,
    'network.proxy.failover_direct': false,
    'intl.accept_languages': 'en-US',
  };
}
