import { loadInventory } from '#inventory/load.ts';
import { journalFolder } from '#workflow/apply.ts';
import { halfDoneBeside } from '#workflow/other-plans.ts';
import { makePlan } from '#workflow/plan.ts';
import { savePlan } from '#workflow/plan-store.ts';
import type { PlanArguments } from './arguments.ts';
import { inventoryFile, plansFolder, stateFolder } from './places.ts';
import { needsConsent, planText } from './plan-text.ts';
import { runNamed } from './run-named.ts';
import { print, say, terminalWidth } from './terminal.ts';

/** Makes a plan from a run, keeps it and shows it. */
export async function runPlan(wanted: PlanArguments): Promise<void> {
  const run = runNamed(wanted.run, { quiet: false });
  const inventory = loadInventory(wanted.inventory ?? run.inventory.file ?? inventoryFile(undefined));
  const plan = await makePlan(run, inventory, { restart: wanted.reboot ? 'machines' : 'services' });
  const file = savePlan(plan, plansFolder(), wanted.out);
  print(wanted.json ? JSON.stringify(plan, null, 2) : planText(plan, terminalWidth()));
  for (const words of halfDoneBeside(plan, journalFolder(stateFolder())))
    say(`${words}: apply refuses until it is gone on with (uccert resume) or taken back (uccert roll-back).`);
  const consent = needsConsent(plan) ? ' --accept-irreversible' : '';
  say(`Kept as ${file}. Nothing was changed.`);
  if (plan.unreached.length > 0) say('First put right what was not reached, then plan again.');
  else say(`Carry it out: uccert apply ${wanted.out ?? plan.id}${consent}    Look only: add --dry-run`);
}
