import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import { openProfile } from './profile.ts';

test('Chromium leaves out what Playwright has it leave out, and starts no process for what stands round a page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'uccert-test-'));
  try {
    const file = join(folder, 'uccert.yaml');
    writeFileSync(
      file,
      'deployment: UCCX\nrelease: "12.5(1)SU3"\nmachines:\n  uccx1: { type: UCCX_PUBLISHER, fqdn: uccx1.lab.example }\nclients:\n  pc: {}\n',
    );
    const inventory = loadInventory(file);
    const [client] = inventory.snapshot.clients;
    if (client === undefined) throw new Error('the inventory has no client');
    await using profile = await openProfile(client, inventory);
    const page = await (await profile.browser.newContext()).newPage();
    await page.goto('data:text/html,page');
    const devTools = await profile.browser.newBrowserCDPSession();
    const { commandLine } = await devTools.send('SystemInfo.getInfo');
    const lists = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(([, list = '']) => list.split(','));
    expect(lists).toHaveLength(2);
    expect(lists[1]).toEqual(expect.arrayContaining(lists[0] ?? []));
    const { targetInfos } = await devTools.send('Target.getTargets', { filter: [{}] });
    expect(targetInfos.map(({ type }) => type).sort()).toEqual(['page', 'tab']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
