#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { isFileError, messageOf } from '#model/errors.ts';
import { harmless } from '#reports/escape.ts';
import packageJson from '../package.json' with { type: 'json' };
import { commands } from './commands/index.ts';
import { exitCode, ofError } from './exit-codes.ts';

const exits = [
  'Exit codes: 0 well, 1 a fault at or above --fail-on, 2 something asked could not be judged,',
  '3 usage, 4 refused, 5 rolled back, 6 stranded, 70 a defect in uccert; ended by Ctrl-C 130',
].join('\n');

/** What a write says of a disk, without a path. */
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Raised for what yargs itself refuses, so that it is reported like any other mistake in the usage. */
class Misuse extends Error {}

const cli = yargs(hideBin(process.argv))
  .scriptName('uccert')
  .usage('$0 <command>\n\nThe certificate harness for Cisco contact centres.')
  .parserConfiguration({ 'greedy-arrays': false })
  .command([...commands])
  .demandCommand(1, 'Name a command.')
  .check((argv, options: object) => {
    // yargs gives its options, where its types say aliases.
    const { array } = options as { readonly array: readonly string[] };
    const twice = Object.keys(argv).find((key) => key !== '_' && Array.isArray(argv[key]) && !array.includes(key));
    return twice === undefined || `--${twice} was given more than once: it would be unclear which counts.`;
  })
  .recommendCommands()
  .strict()
  .completion('completion', 'Print a completion script for the shell')
  .version(packageJson.version)
  .help()
  .alias('h', 'help')
  .wrap(Math.min(process.stdout.columns || 100, 110))
  .epilogue(exits)
  .exitProcess(false)
  .fail((message: string | null, error: unknown) => {
    // What a check says comes as text.
    throw error instanceof Error ? error : new Misuse(onceEach(message ?? 'The command was not understood.'));
  });

// Before each handler yargs sets its help into lines, in case it is asked for later: an eighth of what a short command takes, and nobody asks.
const { getInternalMethods } = cli as unknown as {
  getInternalMethods?: () => { getUsageInstance: () => { cacheHelpMessage: () => void } };
};
const usage = getInternalMethods?.call(cli).getUsageInstance();
if (usage !== undefined) usage.cacheHelpMessage = () => undefined;

// A reader that has seen enough, `head` say, ends the writing and not the work.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

try {
  await cli.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Of an option that it does not know yargs tells the spelling of its own, too: acceptAll beside accept-all. */
function onceEach(message: string): string {
  const [, names] = /^Unknown arguments: (.+)$/.exec(message) ?? [];
  if (names === undefined) return message;
  const all = names.split(', ');
  const camel = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const once = all.filter((name) => !all.some((other) => other !== name && camel(other) === name));
  return `Unknown argument${once.length === 1 ? '' : 's'}: ${once.join(', ')}`;
}

function report(error: unknown): number {
  if (error instanceof Misuse || isYargsError(error)) {
    process.stderr.write(
      `${(error as Error).message}\nuccert --help lists the commands, uccert COMMAND --help their options.\n`,
    );
    return exitCode.usage;
  }
  if (isFileError(error) && (error.path !== undefined || full.has(error.code))) {
    process.stderr.write(
      `${messageOf(error)}\nuccert did not do what was asked.\nSee that the path is right, that you may use it, and that there is room.\n`,
    );
    return exitCode.usage;
  }
  const code = ofError(error);
  if (code !== exitCode.defect) {
    // What peers wrote may stand in it.
    process.stderr.write(`${(error as Error).message.split('\n').map(harmless).join('\n')}\n`);
    return code;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `This is a defect in uccert ${packageJson.version} (Node ${process.version}, ${process.platform}).\n${trace}\nPlease report it with the lines above.\n`,
  );
  return exitCode.defect;
}

/** What a coerce function of an option throws comes through yargs as its own error. */
function isYargsError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'YError' || error.message.startsWith('--'));
}
