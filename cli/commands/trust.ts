import type { CommandModule } from 'yargs';
import { withAt, withRunOptions, type RunOptions } from '../options.ts';

interface TrustArguments extends RunOptions {
  readonly inventory: string | undefined;
  readonly at: Date | null;
}

export const trustCommand: CommandModule<object, TrustArguments> = {
  command: 'trust [inventory]',
  describe: 'Read the stores too, and judge every link between two machines',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .example('$0 trust', 'Who does not trust whom'),
  handler: async (wanted) => {
    const [{ loadInventory }, { trust }, { finish }, { inventoryFile }, { progressLine }] = await Promise.all([
      import('#inventory/load.ts'),
      import('#workflow/trust.ts'),
      import('../finish.ts'),
      import('../places.ts'),
      import('../terminal.ts'),
    ]);
    const line = progressLine(wanted.quiet);
    const inventory = loadInventory(inventoryFile(wanted.inventory));
    const run = await trust(
      inventory,
      { command: ['uccert', ...process.argv.slice(2)], judgeAt: wanted.at },
      (done, total, { place }) => {
        line.show(`${String(done)} of ${String(total)}  ${place.machine}:${String(place.port)}`);
      },
    );
    line.end();
    process.exitCode = finish(run, wanted);
  },
};
