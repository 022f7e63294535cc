import type { Argv } from 'yargs';
import type { Severity } from '#model/finding.ts';

/** Options of every command that makes or reads a run. */
export interface RunOptions {
  readonly json: boolean;
  readonly out: string | undefined;
  readonly 'fail-on': Severity;
  readonly quiet: boolean;
  readonly color: boolean | undefined;
  readonly verbose: boolean;
}

const severities = ['critical', 'major', 'minor', 'notice'] as const satisfies readonly Severity[];

/** Adds the options of every command that makes or reads a run. */
export function withRunOptions<T>(yargs: Argv<T>): Argv<T & RunOptions> {
  return yargs
    .option('json', { type: 'boolean', default: false, describe: 'Print the run document on standard output' })
    .option('out', { type: 'string', requiresArg: true, describe: 'Folder for run.json and every report' })
    .option('fail-on', {
      choices: severities,
      default: 'major',
      describe: 'Least severity that makes the exit code 1',
    })
    .option('quiet', { type: 'boolean', default: false, describe: 'Print nothing but errors' })
    .option('verbose', { type: 'boolean', default: false, describe: 'Show all evidence and sources' })
    .option('color', {
      type: 'boolean',
      describe: 'Colours; --no-color and NO_COLOR switch them off',
    }) as unknown as Argv<T & RunOptions>;
}

/** Adds the time to judge at. */
export function withAt<T>(yargs: Argv<T>): Argv<T & { at: Date | null }> {
  return yargs.option('at', {
    type: 'string',
    requiresArg: true,
    describe: 'Judge as of this time, ISO 8601, instead of now',
    default: undefined,
    defaultDescription: 'now',
    coerce: (text: string | undefined): Date | null => {
      if (text === undefined) return null;
      const time = new Date(text);
      // JavaScript takes the thirtieth of February for the second of March.
      const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
      const isDay = (written: string): boolean => new Date(`${written}T00:00:00Z`).toISOString().startsWith(written);
      if (Number.isNaN(time.getTime()) || (day !== undefined && !isDay(day)))
        throw new Error(`--at ${text} is no time; write it like 2027-03-15 or 2027-03-15T02:00:00Z`);
      return time;
    },
  }) as Argv<T & { at: Date | null }>;
}

/** Adds whether every variant of the ClientHello is asked. */
export function withDeep<T>(yargs: Argv<T>): Argv<T & { deep: boolean }> {
  return yargs.option('deep', {
    type: 'boolean',
    default: false,
    describe: 'Ask for every protocol version, the second certificate and weak groups, a connection each',
  });
}
