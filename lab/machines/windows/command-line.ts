/** Where the output of one command goes, or its input comes from. */
export interface Redirection {
  readonly of: 'input' | 'output' | 'errors';
  readonly to: { readonly file: string; readonly appends: boolean } | 'output';
}

export interface Command {
  /** A command, or several in parentheses. */
  readonly does: string | readonly Step[];
  readonly redirections: readonly Redirection[];
}

/** Commands whose output goes into the next one, and when they run: after the ones before, whatever became of them. */
export interface Step {
  readonly when: 'always' | 'after success' | 'after failure';
  readonly pipe: readonly Command[];
}

/** The characters that cmd found wrong, in its own words. */
export class SyntaxMistake extends Error {
  override readonly name = 'SyntaxMistake';
}

const wrongSyntax = 'The syntax of the command is incorrect.';
/** Parentheses within one another; nobody types more. */
const deepest = 40;

/** Replaces `%NAME%`; what is not set stays as typed, as it does at the prompt. `%NAME:a=b%` replaces a by b. */
export function expand(line: string, valueOf: (name: string) => string | undefined): string {
  return line.replaceAll(
    /%([^%\s:]+)(?::([^%=]+)=([^%]*))?%/g,
    (typed: string, name: string, from?: string, to?: string) => {
      const value = valueOf(name);
      if (value === undefined) return typed;
      return from === undefined ? value : value.replaceAll(from, to ?? '');
    },
  );
}

/** Reads a line as cmd does, after expansion: quotes, `^`, `&`, `&&`, `||`, `|`, redirections, and parentheses around it all. */
export function parseLine(line: string, depth = 0): Step[] {
  if (depth > deepest) throw new SyntaxMistake(wrongSyntax);
  const steps: Step[] = [];
  let when: Step['when'] = 'always';
  let pipe: Command[] = [];
  let text = '';
  let group: Step[] | null = null;
  let redirections: Redirection[] = [];
  let isQuoted = false;
  let at = 0;

  const endCommand = (): void => {
    if (text.trim() === '' && group === null && redirections.length === 0) return;
    // What stands before the next command stays, blanks too: that is how `set A=1 & …` comes to a blank.
    pipe.push({ does: group ?? text.trimStart(), redirections });
    text = '';
    group = null;
    redirections = [];
  };
  const endStep = (next: Step['when'], mark: string): void => {
    endCommand();
    if (pipe.length === 0 && mark !== '') throw new SyntaxMistake(`${mark} was unexpected at this time.`);
    if (pipe.length > 0) steps.push({ when, pipe });
    pipe = [];
    when = next;
  };

  while (at < line.length) {
    const rest = line.slice(at, at + 2);
    const character = line.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || character === '"') {
      text += character;
      at += 1;
    } else if (character === '^') {
      text += line.charAt(at + 1);
      at += 2;
    } else if (rest === '&&' || rest === '||') {
      endStep(rest === '&&' ? 'after success' : 'after failure', rest);
      at += 2;
    } else if (character === '&') {
      endStep('always', character);
      at += 1;
    } else if (character === '|') {
      if (text.trim() === '' && group === null) throw new SyntaxMistake('| was unexpected at this time.');
      endCommand();
      at += 1;
    } else if (character === '(' && text.trim() === '' && group === null) {
      const end = endOfGroup(line, at);
      group = parseLine(line.slice(at + 1, end), depth + 1);
      at = end + 1;
    } else {
      const found = redirectionAt(line, at, text);
      if (found === null) {
        text += character;
        at += 1;
      } else {
        redirections.push(found.redirection);
        if (found.dropsDigit) text = text.slice(0, -1);
        at = found.end;
      }
    }
  }
  endStep('always', '');
  return steps;
}

/** Where the parenthesis that opens at `start` is closed. */
function endOfGroup(line: string, start: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === '^') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new SyntaxMistake(wrongSyntax);
}

function redirectionAt(
  line: string,
  at: number,
  text: string,
): { readonly redirection: Redirection; readonly end: number; readonly dropsDigit: boolean } | null {
  const mark = /^(>>|>|<)/.exec(line.slice(at, at + 2))?.[0];
  if (mark === undefined) return null;
  const stream = /(?:^|\s)([12])$/.exec(text)?.[1];
  const of = mark === '<' ? 'input' : stream === '2' ? 'errors' : 'output';
  const after = at + mark.length;
  if (line.startsWith('&1', after)) {
    return { redirection: { of, to: 'output' }, end: after + 2, dropsDigit: stream !== undefined };
  }
  const target = /^\s*("[^"]*"|[^\s&|<>()]+)/.exec(line.slice(after, after + 600));
  if (target?.[1] === undefined) throw new SyntaxMistake(wrongSyntax);
  const file = target[1].replaceAll('"', '');
  return {
    redirection: { of, to: { file, appends: mark === '>>' } },
    end: after + target[0].length,
    dropsDigit: stream !== undefined,
  };
}
