import type { CommandModule } from 'yargs';
import type { TrustArguments } from '../arguments.ts';
import { withAt, withDeep, withRunOptions } from '../options.ts';

export const trustCommand: CommandModule<object, TrustArguments> = {
  command: 'trust [inventory]',
  describe: 'Read the stores too, and judge every link between two machines',
  builder: (yargs) =>
    withDeep(withAt(withRunOptions(yargs)))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .option('if', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Suppose a certificate: MACHINE:STORE=FILE, or CLIENT:anchors=FILE',
      })
      .option('without', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Suppose an entry away: MACHINE:STORE/ENTRY',
      })
      .option('from', { type: 'string', requiresArg: true, describe: 'Ask nobody: use what this run saw' })
      .option('agents', {
        type: 'boolean',
        default: false,
        describe: 'In the table only what agents and callers notice',
      })
      .option('calendar', {
        type: 'boolean',
        default: false,
        describe: 'What ends in the next twelve months, and what stops then',
      })
      .example('$0 trust', 'Who does not trust whom')
      .example('$0 trust --if uccx1:tomcat=new.pem', 'What would break or heal with that certificate')
      .example('$0 trust --from last --calendar', 'What to renew before when'),
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-trust.ts')).runTrust(wanted);
  },
};
