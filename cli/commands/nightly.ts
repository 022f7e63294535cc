import type { CommandModule } from 'yargs';
import type { NightlyArguments } from '../arguments.ts';
import { withRunOptions } from '../options.ts';

export const nightlyCommand: CommandModule<object, NightlyArguments> = {
  command: 'nightly <inventory..>',
  describe: 'The night job: scan, keep the run, compare with the night before, write the reports',
  builder: (yargs) =>
    withRunOptions(yargs)
      .positional('inventory', { type: 'string', array: true, demandOption: true, describe: 'Inventory files' })
      .example(
        '$0 nightly uccert.yaml --out nights',
        'Runs in folders of their own below nights, the reports of the last in it',
      ),
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-nightly.ts')).runNightly(wanted);
  },
};
