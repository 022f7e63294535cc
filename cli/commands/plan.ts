import type { CommandModule } from 'yargs';
import type { PlanArguments } from '../arguments.ts';

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
      .option('reboot', {
        type: 'boolean',
        default: false,
        describe: 'Restart whole machines, as the guides of UCCX and Finesse say, rather than the services one by one',
      })
      .option('machine', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Only what was found on this machine; more than one may be named',
      })
      .option('fault', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Only this fault; more than one may be named',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'Folder for plan.json' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the plan on standard output' })
      .example('$0 scan; $0 plan; $0 apply last', 'Find, plan, put right'),
  handler: async (wanted) => (await import('../run-plan.ts')).runPlan(wanted),
};
