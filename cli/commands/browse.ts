import type { CommandModule } from 'yargs';
import { withAt, withRunOptions } from '../options.ts';
import type { BrowseArguments } from '../run-browse.ts';

export const browseCommand: CommandModule<object, BrowseArguments> = {
  command: 'browse [inventory]',
  describe: 'Open the sign-in pages in the browser of every client, and the wire beside it',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .option('client', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Client of the inventory to look through; all unless said',
      })
      .example('$0 browse', 'What people see at their PCs')
      .example('$0 browse --client pc-managed --out seen', 'One kind of PC; screenshots in a folder'),
  handler: async (wanted) => {
    const [{ runBrowse }, { finish }] = await Promise.all([import('../run-browse.ts'), import('../finish.ts')]);
    process.exitCode = await finish(await runBrowse(wanted), wanted);
  },
};
