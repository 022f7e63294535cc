import type { CommandModule } from 'yargs';
import type { ReportArguments } from '../arguments.ts';
import { withAt, withRunOptions } from '../options.ts';

const formats = ['html', 'json', 'junit', 'prometheus', 'terminal', 'allure'] as const;

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report [run]',
  describe: 'Show a run again, or write its reports; asks nothing of the network',
  builder: (yargs) =>
    withAt(withRunOptions(yargs))
      .positional('run', { type: 'string', default: 'last', describe: 'Run: file, folder, id or "last"' })
      .option('format', {
        choices: formats,
        array: true,
        describe: 'Reports to write into --out; all but allure unless named',
      })
      .option('against', { type: 'string', requiresArg: true, describe: 'Earlier run to compare with' })
      .example('$0 report last --out report', 'Every report of the last run')
      .example('$0 report last --format allure --out seen', 'What the browser did, step by step'),
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-report.ts')).runReport(wanted);
  },
};
