import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { Client } from '#model/inventory.ts';
import { toPem } from '#model/pem.ts';
import type { Inventory } from '#inventory/load.ts';
import { BrowserUnavailable } from '#browsers/browser-file.ts';
import { chromiumOptions, firstLines } from '#browsers/launch.ts';
import { resolverRules } from './resolver-rules.ts';
import type { Start, Started } from './start.ts';

const run = promisify(execFile);

/** Starts Chromium, or another of its family. The home folder decides whom it trusts on Linux. */
export async function startChromium({ client, inventory, file, home, common }: Start): Promise<Started> {
  await trustOnly(client, inventory.certificates, home);
  const browser = await chromium.launch({
    ...common,
    executablePath: file,
    ...chromiumOptions(resolverRules(inventory.snapshot.machines)),
  });
  return { browser, end: () => Promise.resolve() };
}

/** Writes the trust store of the browser: anchors may issue for servers (`C`), single certificates are peers (`P`). */
async function trustOnly(client: Client, certificates: Inventory['certificates'], home: string): Promise<void> {
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
