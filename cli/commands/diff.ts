import type { CommandModule } from 'yargs';

interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly json: boolean;
  readonly color: boolean | undefined;
}

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
    const [{ loadRun }, { diffRuns }, { renderDiff }, { exitCode }, { runsFolder }, terminal] = await Promise.all([
      import('#workflow/run-store.ts'),
      import('#reports/diff.ts'),
      import('#reports/terminal.ts'),
      import('../exit-codes.ts'),
      import('../places.ts'),
      import('../terminal.ts'),
    ]);
    const diff = diffRuns(loadRun(wanted.before, runsFolder()), loadRun(wanted.after, runsFolder()));
    const look = { colour: terminal.showsColour(wanted.color), width: terminal.terminalWidth() };
    terminal.print(wanted.json ? JSON.stringify(diff, null, 2) : renderDiff(diff, look));
    const isWorse = diff.new.length + diff.newlyInconclusive.length + diff.noLongerLookedAt.length > 0;
    process.exitCode = isWorse ? exitCode.fault : exitCode.well;
  },
};
