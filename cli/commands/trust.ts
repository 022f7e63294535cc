import type { CommandModule } from 'yargs';
import type { TrustArguments } from '../arguments.ts';
import { withAt, withDeep, withRunOptions } from '../options.ts';

export const trustCommand: CommandModule<object, TrustArguments> = {
  command: 'trust [inventory]',
  describe: 'Read the stores too, and judge every link between two machines',
  builder: (yargs) =>
    withDeep(withAt(withRunOptions(yargs)))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .example('$0 trust', 'Who does not trust whom'),
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-trust.ts')).runTrust(wanted);
  },
};
