import type { Io } from './io.ts';
import type { WindowsMachine } from './machine.ts';

/** One signed-in person: the folder and the variables that commands change. */
export interface Session {
  readonly machine: WindowsMachine;
  folder: string;
  /** By name in capitals: names are found whatever their case. */
  readonly variables: Map<string, { readonly name: string; readonly value: string }>;
  errorLevel: number;
}

/** What a program is started with. */
export interface Call {
  readonly machine: WindowsMachine;
  readonly session: Session;
  /** Split and unquoted as programs of C see them. */
  readonly args: readonly string[];
  /** What stands after the name, as it was typed. */
  readonly line: string;
  readonly io: Io;
  /** Runs a further command line in the same session. */
  readonly runLine: (line: string, io: Io) => Promise<number>;
}

/** A program or a command of cmd itself; it resolves to the exit code. */
export interface Program {
  /** In small letters, without `.exe` or `.bat`. */
  readonly name: string;
  /** Known to cmd itself, wherever the session is. */
  readonly isBuiltIn?: true;
  readonly run: (call: Call) => number | Promise<number>;
}

export function newSession(machine: WindowsMachine): Session {
  const variables = Object.entries(machine.environment).map(
    ([name, value]) => [name.toUpperCase(), { name, value }] as const,
  );
  return { machine, folder: 'C:\\Users\\Administrator', variables: new Map(variables), errorLevel: 0 };
}

/**
 * A command line split as programs of C see it (CommandLineToArgvW): blanks part, quotes keep together, and of the backslashes
 * before a quote every second counts; an odd one keeps the quote.
 */
export function splitArguments(line: string): string[] {
  const args: string[] = [];
  let current: string | null = null;
  let isQuoted = false;
  for (const [token] of line.matchAll(/\\+"|"|\s+|[^\s"\\]+|\\+/g)) {
    if (/^\s/.test(token) && !isQuoted) {
      if (current !== null) args.push(current);
      current = null;
    } else if (token.endsWith('"')) {
      const backslashes = token.length - 1;
      const isKept = backslashes % 2 === 1;
      current = `${current ?? ''}${'\\'.repeat(Math.floor(backslashes / 2))}${isKept ? '"' : ''}`;
      if (!isKept) isQuoted = !isQuoted;
    } else current = `${current ?? ''}${token}`;
  }
  if (current !== null) args.push(current);
  return args;
}

/** `/name:value` and `/name` among the arguments, names in small letters; the others in order. */
export function switchesOf(args: readonly string[]): {
  readonly switches: ReadonlyMap<string, string>;
  readonly others: readonly string[];
} {
  const matches = args.map((arg) => ({ arg, match: /^[/-]([a-z?]+)(?:[:=](.*))?$/i.exec(arg) }));
  return {
    switches: new Map(matches.flatMap(({ match }) => (match ? [[match[1]?.toLowerCase() ?? '', match[2] ?? '']] : []))),
    others: matches.flatMap(({ arg, match }) => (match ? [] : [arg])),
  };
}
