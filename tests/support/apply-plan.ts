import { readFileSync } from 'node:fs';
import { loadInventory } from '#inventory/load.ts';
import { messageOf, Refusal } from '#model/errors.ts';
import { Plan } from '#model/plan.ts';
import { apply } from '#workflow/apply.ts';

/**
 * Applies a plan in a process of its own, without what the command line looks for beforehand: `apply-plan.ts PLAN-FILE INVENTORY STATE-FOLDER`.
 * Ends with 4 where it is refused, as the command line does.
 */
const [planFile = '', inventoryFile = '', stateFolder = ''] = process.argv.slice(2);
try {
  const plan = Plan.parse(JSON.parse(readFileSync(planFile, 'utf8')));
  const options = { acceptIrreversible: true, stateFolder, command: [], report: () => undefined };
  await apply(plan, loadInventory(inventoryFile), options);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof Refusal ? 4 : 70;
}
