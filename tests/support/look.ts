import { join } from 'node:path';
import type { Finding } from '#model/finding.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { intermediateFile, leftFiles } from '#lab/folder.ts';
import type { Lab } from '#lab/lab.ts';
import type { Look, Scenario } from '#lab/scenario.ts';
import { check } from '#workflow/check.ts';
import { readMachine } from '#workflow/machine-evidence.ts';
import { scan } from '#workflow/scan.ts';
import { trust } from '#workflow/trust.ts';

const common = { command: [], judgeAt: null };

/** All that is found in a lab: by its ports and stores, and by what the scenario has to be looked at beside them. */
export async function lookAt(lab: Lab, { look }: Pick<Scenario, 'look'>, deep: boolean): Promise<Finding[]> {
  const inventory = loadInventory(lab.inventoryFile);
  const { findings } = await trust(inventory, { ...common, deep });
  return look === undefined ? findings : [...findings, ...(await besides(lab, inventory, look))];
}

async function besides(lab: Lab, inventory: Inventory, look: Look): Promise<Finding[]> {
  switch (look.with) {
    case 'scan --revocation': {
      const { snapshot, certificates, limits } = inventory;
      return (await scan({ ...common, inventory: snapshot, certificates, limits, deep: false, revocation: true }))
        .findings;
    }
    case 'check':
      return checkFiles(lab, inventory, look);
  }
}

/** As `uccert check FILES --for MACHINE` asks it. */
async function checkFiles(
  lab: Lab,
  inventory: Inventory,
  { files, on, unit, isLive }: Extract<Look, { with: 'check' }>,
): Promise<Finding[]> {
  const { snapshot, certificates } = inventory;
  const machine = snapshot.machines.find(({ id }) => id === on);
  if (machine === undefined) throw new RangeError(`the inventory has no machine ${on}`);
  const { run, unreachable } = check({
    ...common,
    inventory: snapshot,
    certificates,
    machine: machine.id,
    isMachineKnown: true,
    paths: {
      checked: files.map((file) => join(lab.folder, leftFiles, file)),
      request: [],
      store: [],
      anchors: [],
      intermediates: lab.isSigned ? [join(lab.folder, intermediateFile)] : [],
    },
    names: machine.fqdn === null ? [] : [machine.fqdn],
    unit: unit ?? null,
    password: null,
    known: isLive === true ? await readMachine(inventory, machine) : null,
  });
  if (unreachable.length > 0) throw new RangeError(`nothing was left at ${unreachable.join(', ')}`);
  return run.findings;
}
