import type { CommandModule } from 'yargs';
import type { TroubleshootArguments } from '../arguments.ts';
import { withAt, withRunOptions } from '../options.ts';

export const troubleshootCommand: CommandModule<object, TroubleshootArguments> = {
  command: 'troubleshoot [inventory]',
  describe: 'From what people see to the cause',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .option('symptom', {
        type: 'string',
        requiresArg: true,
        demandOption: 'Say what people see: --symptom "Live Data stays empty".',
        describe: 'What people see, in their words or those of the screen or the log',
      })
      .example('$0 troubleshoot --symptom "Invalid User ID/Password"', 'Why agents cannot sign in'),
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-troubleshoot.ts')).runTroubleshoot(wanted);
  },
};
