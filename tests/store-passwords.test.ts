import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { trustFilesOf } from '#lab/machines/windows/installation.ts';
import { KeyStoreFile } from '#lab/machines/windows/key-store-file.ts';
import { apply, rollBack } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

describe('the passwords of key stores', () => {
  let up: TestLab;
  beforeAll(async () => {
    up = await startTestLab('127.222.0.0/16', { deployment: 'PCCE', signed: false });
  }, 120_000);
  afterAll(() => up[Symbol.asyncDispose]());
  const { inventory, look, options, planFor, reports } = applyingIn(() => up);

  /** The inventory with one password more, for one machine. */
  const inventoryWith = (field: string, machine: string, password: string): Inventory => {
    writeFileSync(join(up.lab.folder, field), `${password}\n`, { mode: 0o600 });
    const written = parse(readFileSync(up.lab.inventoryFile, 'utf8')) as {
      machines: Record<string, Record<string, unknown>>;
    };
    (written.machines[machine] ??= {})[field] = `file:${field}`;
    const file = join(up.lab.folder, 'changed.yaml');
    writeFileSync(file, stringify(written));
    return loadInventory(file);
  };

  test('a wrong one of .keystore is found before anything is done', async () => {
    const plan = await planFor('aw-certificate-not-in-cvp');
    const before = up.lab.digest;
    await expect(
      apply(plan, inventoryWith('keyStorePassword', 'cvp2', 'never the password'), options()),
    ).rejects.toThrow(
      /cannot be reached:\n {2}the key store %CVP_HOME%\S*\.keystore of cvp2: C:\S*\.keystore: the password that the inventory gives for it \(keyStorePassword of cvp2\) is not its own/,
    );
    expect(up.lab.digest).toEqual(before);
    expect(reports.filter(({ event }) => event === 'step')).toEqual([]);
    await up.lab.reset();
  }, 300_000);

  test('that of cacerts may be another than that of the installation, where the inventory names it', async () => {
    const aw = up.lab.windows('aw1');
    for (const path of trustFilesOf(aw.type, aw.release))
      aw.replaceKeyStore(path, ({ entries }) => new KeyStoreFile('JKS', 'known to few', entries));
    aw.trustPassword = 'known to few';
    const plan = await planFor('finesse-secondary-not-in-aw');
    expect(plan.changes.map(({ remediation }) => remediation)).toEqual(['import-into-java-store']);
    const before = up.lab.digest;
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      /cacerts: changeit does not open it: name trustStorePassword of aw1 in the inventory/,
    );
    await expect(apply(plan, inventoryWith('trustStorePassword', 'aw1', 'changeit'), options())).rejects.toThrow(
      /cacerts: the password that the inventory gives for it \(trustStorePassword of aw1\) is not its own/,
    );
    expect(up.lab.digest).toEqual(before);
    const named = inventoryWith('trustStorePassword', 'aw1', 'known to few');
    const again = await makePlan(await look(), named);
    const { outcome, run } = await apply(again, named, options());
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
    expect((await rollBack(again.id, options())).outcome.status).toBe('rolled-back');
    expect(up.lab.digest).toEqual(before);
  }, 300_000);
});
