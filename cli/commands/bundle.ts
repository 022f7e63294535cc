import type { CommandModule } from 'yargs';
import type { BundleArguments } from '../arguments.ts';

export const bundleCommand: CommandModule<object, BundleArguments> = {
  command: 'bundle [inventory]',
  describe:
    'Write what the PCs of a client profile are to be given: certificates, and scripts and policies that install them',
  builder: (yargs) =>
    yargs
      .positional('inventory', { type: 'string', describe: 'Inventory file' })
      .option('client', { type: 'string', requiresArg: true, describe: 'Client profile, where there are several' })
      .option('out', { type: 'string', requiresArg: true, demandOption: true, describe: 'Folder to write it to' })
      .example('$0 bundle --client pc-managed --out pcs', 'Files for group policy, Firefox and Linux'),
  handler: async (wanted) => (await import('../run-bundle.ts')).runBundle(wanted),
};
