import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inspect } from 'node:util';
import { messageOf, UsageError } from '#model/errors.ts';

/** A password or key that does not print: not in logs, not in JSON, not in an inspector. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value, for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/**
 * Where a secret is: `env:NAME`, `file:PATH` (relative to the inventory; the first line counts) or `command:PROGRAM ARG…`
 * (run without a shell; its first line of output counts).
 */
export function loadSecret(reference: string, inventoryFile: string): Secret {
  const colon = reference.indexOf(':');
  const scheme = reference.slice(0, colon);
  const rest = reference.slice(colon + 1);
  const folder = dirname(inventoryFile);
  try {
    const value = read(scheme, rest, folder);
    if (value === undefined || value === '') throw new Error('it is empty or not set');
    return new Secret(value);
  } catch (error) {
    throw new UsageError(
      {
        seen: `The credential ${reference} could not be read: ${messageOf(error)}`,
        matters: 'Without it uccert cannot sign in to the machines that ask for it.',
        todo: `Set it, or change the reference in ${inventoryFile}: env:NAME, file:PATH or command:PROGRAM ARG.`,
      },
      { cause: error },
    );
  }
}

function read(scheme: string, rest: string, folder: string): string | undefined {
  switch (scheme) {
    case 'env':
      return process.env[rest];
    case 'file':
      return firstLine(readFileSync(resolve(folder, rest), 'utf8'));
    case 'command': {
      const [program = '', ...args] = rest.trim().split(/\s+/);
      return firstLine(execFileSync(program, args, { encoding: 'utf8', cwd: folder, timeout: 30_000 }));
    }
    default:
      throw new Error(`"${scheme}" is none of env, file, command`);
  }
}

function firstLine(text: string): string | undefined {
  return text.split(/\r?\n/, 1)[0];
}
