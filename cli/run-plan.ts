import { UsageError } from '#model/errors.ts';
import { isPresent } from '#model/verdict.ts';
import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { timeOf } from '#reports/words.ts';
import { journalFolder, lockFolder } from '#workflow/begun-plans.ts';
import { begunOn } from '#workflow/other-plans.ts';
import { machinesOf } from '#workflow/rests-on.ts';
import { makePlan } from '#workflow/plan.ts';
import { savePlan } from '#workflow/plan-store.ts';
import type { PlanArguments } from './arguments.ts';
import { closedWindow } from './closed-window.ts';
import { inventoryFile, plansFolder, stateFolder } from './places.ts';
import { needsConsent, planText } from './plan-text.ts';
import { runNamed } from './run-named.ts';
import { print, say, terminalWidth } from './terminal.ts';

/** Makes a plan from a run, keeps it and shows it. A run without a fault needs none, which is well. */
export async function runPlan(wanted: PlanArguments): Promise<void> {
  const run = runNamed(wanted.run, { quiet: false });
  if (run.inventory.file !== null && !run.findings.some(isPresent)) {
    showNothingFound(run, wanted);
    await sayWhatIsBegun(run.inventory.machines.map(({ id }) => id));
    return;
  }
  const inventory = inventoryOf(run, wanted);
  const plan = await makePlan(run, inventory, {
    restart: wanted.reboot ? 'machines' : 'services',
    machines: wanted.machine ?? [],
    faults: wanted.fault ?? [],
  });
  const file = savePlan(plan, plansFolder(), wanted.out);
  print(wanted.json ? JSON.stringify(plan, null, 2) : planText(plan, terminalWidth()));
  const isBesideAnother = await sayWhatIsBegun(machinesOf(plan));
  const consent = needsConsent(plan) ? ' --accept-irreversible' : '';
  say(`Kept as ${file}. Nothing was changed.`);
  const steps = plan.changes.flatMap((change) => change.steps);
  if (wanted.reboot && !steps.some((step) => step.do === 'restart-machine'))
    say('--reboot changes nothing here: no service of a VOS machine is restarted by this plan.');
  const closed = closedWindow(plan, inventory);
  if (closed !== null) say(closed);
  if (plan.unreached.length > 0)
    say(
      `First put right what was not reached, then plan again. The run tells how things stood at ${timeOf(run.finishedAt)}; a new one: uccert trust`,
    );
  else if (isBesideAnother)
    say(
      `After that plan anew: uccert trust, then uccert plan. To look at this one only: uccert apply ${wanted.out ?? plan.id} --dry-run`,
    );
  else say(`Carry it out: uccert apply ${wanted.out ?? plan.id}${consent}    Look only: add --dry-run`);
}

/** Whether another plan is in the way of one on these machines; it is named. */
async function sayWhatIsBegun(machines: readonly MachineId[]): Promise<boolean> {
  const begun = await begunOn(machines, journalFolder(stateFolder()), lockFolder(stateFolder()));
  for (const words of begun) say(words);
  return begun.length > 0;
}

function showNothingFound(run: Run, { json }: PlanArguments): void {
  const open = run.findings.filter(({ verdict }) => verdict.status === 'inconclusive').length;
  const unjudged = open === 0 ? '' : ` ${String(open)} could not be judged: uccert report ${run.id} says which.`;
  const words = `Nothing to put right: the run ${run.id} found no fault at ${timeOf(run.finishedAt)}.${unjudged}`;
  if (json) print('null');
  (json ? say : print)(words);
}

/** The inventory that was named, else that of the run; a lab that was ended took its own with it. */
function inventoryOf(run: Run, wanted: PlanArguments): Inventory {
  if (wanted.inventory !== undefined) return loadInventory(wanted.inventory);
  try {
    return loadInventory(run.inventory.file ?? inventoryFile(undefined));
  } catch (error) {
    if (!(error instanceof UsageError) || run.inventory.file === null) throw error;
    throw new UsageError(
      {
        seen: `The run ${run.id} tells how things stood at ${timeOf(run.finishedAt)}, and its inventory cannot be used any more:\n${error.message.split('\n').slice(0, -2).join('\n')}`,
        matters: 'A plan needs to know how to get onto the machines.',
        todo: `Take a new run (uccert trust INVENTORY), then uccert plan; or say where the inventory is now: uccert plan ${run.id} --inventory FILE`,
      },
      { cause: error },
    );
  }
}
