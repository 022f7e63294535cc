import type { CommandModule } from 'yargs';
import type { BrowserName } from '#model/inventory.ts';
import { withAt, withRunOptions } from '../options.ts';
import type { BrowseArguments } from '../run-browse.ts';

/** As `BrowserName` of the model, which is not loaded for a page of help. */
const browsers: readonly BrowserName[] = ['chromium', 'chrome', 'edge', 'firefox'];

export const browseCommand: CommandModule<object, BrowseArguments> = {
  command: 'browse [inventory]',
  describe:
    'Work as people do, in a browser with the trust of each PC: opens pages, signs test accounts in and out, calls, chats',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .option('client', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Client of the inventory to look through; all unless said',
      })
      .option('page', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Page to look at, by its name; all unless said. The ports of all machines are judged in any case',
      })
      .option('browser', {
        choices: browsers,
        requiresArg: true,
        describe: 'What all clients browse with; what the inventory says of each unless said',
      })
      .example('$0 browse', 'What people see at their PCs')
      .example('$0 browse --client pc-managed --out seen', 'One kind of PC; screenshots and traces in a folder')
      .example('$0 browse --browser firefox', 'The same in Firefox')
      .example('$0 browse --page "Finesse desktop" --page Chat', 'Some pages only'),
  handler: async (wanted) => {
    const [{ runBrowse }, { finish }] = await Promise.all([import('../run-browse.ts'), import('../finish.ts')]);
    process.exitCode = await finish(await runBrowse(wanted), wanted);
  },
};
