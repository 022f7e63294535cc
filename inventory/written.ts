import { readFileSync } from 'node:fs';
import { isMap, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { messageOf, UsageError } from '#model/errors.ts';
import { InventoryFile } from './schema.ts';

const matters =
  'uccert looks at nothing before it knows all of the inventory: a half-read one would leave machines out.';

/** More mistakes than this are those of another kind of file. */
const mostShown = 12;

/** Throws a usage error that names the mistakes, each with its line. */
export function refuse(mistakes: readonly string[]): never {
  const shown = mistakes.slice(0, mostShown).map((line) => `\n  ${line}`);
  const lines = [
    ...shown,
    ...(mistakes.length > mostShown ? [`\n  and ${String(mistakes.length - mostShown)} more`] : []),
  ].join('');
  throw new UsageError({
    seen: `The inventory has ${String(mistakes.length)} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}:${lines}`,
    matters,
    todo: 'Put the lines right; uccert init shows a commented example of each.',
  });
}

/** The inventory as written, and where in the file each part of it stands. */
interface Written {
  readonly inventory: InventoryFile;
  /** The line of the nearest key that exists on the way to `path`. */
  readonly lineOf: (path: readonly PropertyKey[]) => string;
}

/** Reads a file and holds it against the schema. Throws a usage error that names every mistake with its line. */
export function readWritten(path: string): Written {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const todo = 'Write one with uccert init, name another file, or start the lab with uccert lab up.';
    throw new UsageError(
      { seen: `The inventory ${path} cannot be read: ${messageOf(error)}`, matters, todo },
      { cause: error },
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  if (document.errors.length > 0) {
    refuse(
      document.errors.map(
        ({ pos, message }) => `${path}:${String(lines.linePos(pos[0]).line)}: ${message.split('\n')[0] ?? ''}`,
      ),
    );
  }

  const lineOf = (way: readonly PropertyKey[]): string => {
    for (let length = way.length; length > 0; length -= 1) {
      const parent = length === 1 ? document.contents : document.getIn(way.slice(0, length - 1).map(String), true);
      if (!isMap(parent)) continue;
      const pair = parent.items.find(({ key }) => String(key) === String(way[length - 1]));
      const range = (pair?.key as { range?: readonly number[] } | undefined)?.range;
      if (range?.[0] !== undefined) return String(lines.linePos(range[0]).line);
    }
    return '1';
  };

  let written: unknown;
  try {
    written = document.toJS() ?? {};
  } catch (error) {
    // An alias without its anchor, or aliases upon aliases, come out only now.
    refuse([`${path}:1: ${messageOf(error)}; write the values out`]);
  }
  const result = InventoryFile.safeParse(written, { reportInput: true });
  if (!result.success) {
    refuse(
      result.error.issues.map((issue) => {
        const at = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
        return `${path}:${lineOf(at)}: ${inWords(issue)}`;
      }),
    );
  }
  return { inventory: result.data, lineOf };
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};
const kindOf = (expected: string): string => kinds[expected] ?? `a ${expected}`;

/** 15.0 and 2026-01-01 are no text to YAML unless they stand in quotes. */
function quoted({ expected, input }: { readonly expected: string; readonly input?: unknown }): string {
  return expected === 'string' && typeof input === 'number' ? `, in quotes: "${String(input)}"` : '';
}

function inWords(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.') || 'the file';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${where}: unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.join(', ')}; remove or respell`;
    case 'invalid_value':
      return `${where}: write one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `${where}: ${issue.input === undefined ? 'missing; ' : ''}write ${kindOf(issue.expected)}${quoted(issue)}`;
    case 'invalid_union':
      return `${where}: write one of ${('options' in issue ? (issue.options ?? []) : []).map(String).join(', ')}`;
    case 'invalid_key':
      return `${where}: "${String(issue.path.at(-1))}" is no name: ${issue.issues.map(({ message }) => message).join('; ')}`;
    default:
      return `${where}: ${issue.message}`;
  }
}
