import type { CommandModule } from 'yargs';
import { withAt, withRunOptions, type RunOptions } from '../options.ts';

interface ReportArguments extends RunOptions {
  readonly at: Date | null;
  readonly run: string;
  readonly format: string[] | undefined;
  readonly against: string | undefined;
}

const formats = ['html', 'json', 'junit', 'prometheus', 'terminal'] as const;

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report [run]',
  describe: 'Show a run again, or write its reports; asks nothing of the network',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('run', { type: 'string', default: 'last', describe: 'Run: file, folder, id or "last"' })
      .option('format', { choices: formats, array: true, describe: 'Reports to write into --out; all unless named' })
      .option('against', { type: 'string', requiresArg: true, describe: 'Earlier run to compare with' })
      .example('$0 report last --out report', 'Every report of the last run'),
  handler: async (wanted) => {
    const [
      { loadRun },
      { judgeAgain },
      { writeReports },
      { ofRun },
      { runsFolder },
      { renderTerminal },
      { runJson },
      terminal,
    ] = await Promise.all([
      import('#workflow/run-store.ts'),
      import('#workflow/make-run.ts'),
      import('../finish.ts'),
      import('../exit-codes.ts'),
      import('../places.ts'),
      import('#reports/terminal.ts'),
      import('#reports/json.ts'),
      import('../terminal.ts'),
    ]);
    const kept = loadRun(wanted.run, runsFolder());
    const run = wanted.at === null ? kept : judgeAgain(kept, wanted.at);
    const previous = wanted.against === undefined ? null : loadRun(wanted.against, runsFolder());
    process.exitCode = ofRun(run, wanted['fail-on']);
    if (wanted.out !== undefined) {
      for (const file of writeReports(run, previous, wanted.out, wanted.format)) terminal.print(file);
    } else if (wanted.json) terminal.print(runJson(run));
    else {
      const look = {
        colour: terminal.showsColour(wanted.color),
        width: terminal.terminalWidth(),
        isVerbose: wanted.verbose,
      };
      terminal.print(renderTerminal(run, previous, look));
    }
  },
};
