import type { CommandModule } from 'yargs';

interface PlanArguments {
  readonly run: string;
  readonly inventory: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

export const planCommand: CommandModule<object, PlanArguments> = {
  command: 'plan [run]',
  describe: 'Plan the documented fixes for what a run found; changes nothing',
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', default: 'last', describe: 'Run: file, folder, id or "last"' })
      .option('inventory', {
        type: 'string',
        requiresArg: true,
        describe: 'Inventory file; the one the run was made with unless named',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'Folder for plan.json' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the plan on standard output' })
      .example('$0 scan; $0 plan; $0 apply last', 'Find, plan, put right'),
  handler: async (wanted) => {
    const [{ loadInventory }, { makePlan }, { savePlan }, { loadRun }, places, { planText }, { print, say }] =
      await Promise.all([
        import('#inventory/load.ts'),
        import('#workflow/plan.ts'),
        import('#workflow/plan-store.ts'),
        import('#workflow/run-store.ts'),
        import('../places.ts'),
        import('../plan-text.ts'),
        import('../terminal.ts'),
      ]);
    const run = loadRun(wanted.run, places.runsFolder());
    const inventory = loadInventory(wanted.inventory ?? run.inventory.file ?? places.inventoryFile(undefined));
    const plan = await makePlan(run, inventory);
    const file = savePlan(plan, places.plansFolder(), wanted.out);
    print(wanted.json ? JSON.stringify(plan, null, 2) : planText(plan));
    const irreversible = plan.changes.every(({ reversible }) => reversible) ? '' : ' --accept-irreversible';
    say(
      `Kept as ${file}. Nothing was changed.\nCarry it out: uccert apply ${wanted.out ?? plan.id}${irreversible}    Look only: add --dry-run`,
    );
  },
};
