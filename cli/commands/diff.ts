import type { CommandModule } from 'yargs';
import type { DiffArguments } from '../arguments.ts';

export const diffCommand: CommandModule<object, DiffArguments> = {
  command: 'diff <before> [after]',
  describe: 'Compare two runs: new, cleared, still there, no longer looked at, newly inconclusive',
  builder: (yargs) =>
    yargs
      .positional('before', { type: 'string', demandOption: true, describe: 'The earlier run' })
      .positional('after', { type: 'string', default: 'last', describe: 'The later run' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the difference as JSON' })
      .option('color', { type: 'boolean', describe: 'Colours' })
      .epilogue('Exit code 1 when something is new, newly inconclusive or no longer looked at.'),
  handler: async (wanted) => {
    process.exitCode = (await import('../run-diff.ts')).runDiff(wanted);
  },
};
