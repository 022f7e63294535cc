/** What a script is made of. Only as much of the language as administrators type in one line. */
export type Expression =
  | { readonly is: 'text'; readonly text: string }
  /** A text in double quotes: its pieces follow one another. */
  | { readonly is: 'joined'; readonly pieces: readonly Expression[] }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'script'; readonly statements: readonly Statement[] }
  | { readonly is: 'result'; readonly statements: readonly Statement[] }
  | {
      readonly is: 'member';
      readonly of: Expression;
      readonly name: string;
      readonly args: readonly Expression[] | null;
    }
  | { readonly is: 'static'; readonly type: string; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'operation'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'not'; readonly of: Expression };

export type Stage =
  | { readonly is: 'expression'; readonly expression: Expression }
  | { readonly is: 'command'; readonly name: Expression; readonly args: readonly Argument[] };

/** A value, a switch, or a parameter whose value follows as the next argument. */
export type Argument = { readonly parameter: string } | { readonly value: Expression };

export interface Statement {
  readonly assignsTo: string | null;
  readonly pipeline: readonly Stage[];
}

export class ScriptMistake extends Error {
  override readonly name = 'ScriptMistake';
}

const operators = /^-(eq|ne|like|notlike|match|notmatch|and|or|gt|lt|ge|le|join|replace)\b/i;
/** Deeper nesting is no line that anybody types. */
const deepest = 40;

/** Reads a script. */
export function parseScript(source: string): Statement[] {
  const parser = new Parser(source);
  const statements = parser.statements(null);
  return statements;
}

class Parser {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  statements(end: string | null): Statement[] {
    if ((this.#depth += 1) > deepest) throw new ScriptMistake('The script is nested too deeply.');
    const found: Statement[] = [];
    for (;;) {
      this.#take(/^[\s;]+/);
      const next = this.#source.charAt(this.#at);
      if (next === '' && end !== null)
        throw new ScriptMistake(`Missing closing '${end}' in statement block or expression.`);
      if (next === '' || next === end) break;
      const before = this.#at;
      found.push(this.#statement());
      if (this.#at === before) throw new ScriptMistake(`Unexpected token '${next}' in expression or statement.`);
    }
    if (end !== null) this.#at += 1;
    this.#depth -= 1;
    return found;
  }

  #statement(): Statement {
    const assigned = this.#take(/^\$([A-Za-z_]\w*)\s*=(?!=)\s*/);
    const pipeline = [this.#stage()];
    while (this.#take(/^\s*\|\s*/) !== null) pipeline.push(this.#stage());
    return { assignsTo: assigned?.[1] ?? null, pipeline };
  }

  #stage(): Stage {
    const isCall = this.#take(/^&\s*/) !== null;
    if (!isCall && /^(?:[$'"([@!]|\d+\b|-not\b)/i.test(this.#rest)) {
      return { is: 'expression', expression: this.#expression() };
    }
    const name = isCall ? this.#primary() : { is: 'text' as const, text: this.#take(/^[^\s;|(){}'"$]+/)?.[0] ?? '' };
    const args: Argument[] = [];
    for (;;) {
      this.#take(/^[ \t]+/);
      if (/^($|[;|)}\r\n])/.test(this.#rest)) break;
      const parameter = this.#take(/^-([A-Za-z]\w*):?(?=$|[\s;|)}])/);
      if (parameter?.[1] !== undefined) args.push({ parameter: parameter[1].toLowerCase() });
      else args.push({ value: this.#argument() });
    }
    return { is: 'command', name, args };
  }

  /** What a command is given: expressions in their own marks, else the word as it stands. */
  #argument(): Expression {
    const items = [this.#oneArgument()];
    while (this.#take(/^\s*,\s*/) !== null) items.push(this.#oneArgument());
    return items.length === 1 && items[0] !== undefined ? items[0] : { is: 'list', items };
  }

  #oneArgument(): Expression {
    if (/^[$'"(@{]/.test(this.#rest)) return this.#postfix(this.#primary());
    const word = this.#take(/^(?:`.|[^\s;|(){}'",])+/)?.[0];
    if (word === undefined)
      throw new ScriptMistake(`Unexpected token '${this.#rest.charAt(0)}' in expression or statement.`);
    return expandable(word);
  }

  #expression(): Expression {
    let left = this.#operand();
    for (;;) {
      const spaced = this.#take(/^\s*(?=[-+,])/);
      const operator = operators.exec(this.#rest);
      if (operator !== null) {
        this.#at += operator[0].length;
        this.#take(/^\s*/);
        left = { is: 'operation', operator: (operator[1] ?? '').toLowerCase(), left, right: this.#operand() };
      } else if (this.#take(/^\+\s*/) !== null) {
        left = { is: 'operation', operator: '+', left, right: this.#operand() };
      } else if (this.#take(/^,\s*/) !== null) {
        const right = this.#operand();
        left = { is: 'list', items: left.is === 'list' ? [...left.items, right] : [left, right] };
      } else {
        if (spaced !== null) this.#at -= 0;
        return left;
      }
    }
  }

  #operand(): Expression {
    if (this.#take(/^(?:!|-not\b)\s*/i) !== null) return { is: 'not', of: this.#operand() };
    return this.#postfix(this.#primary());
  }

  #postfix(from: Expression): Expression {
    let left = from;
    for (;;) {
      const member = this.#take(/^\.([A-Za-z_]\w*)/);
      if (member?.[1] === undefined) return left;
      left = { is: 'member', of: left, name: member[1], args: this.#take(/^\(/) === null ? null : this.#arguments() };
    }
  }

  #arguments(): Expression[] {
    const args: Expression[] = [];
    this.#take(/^\s*/);
    while (this.#take(/^\)/) === null) {
      args.push(this.#operandOfCall());
      this.#take(/^\s*,?\s*/);
      if (this.#rest === '') throw new ScriptMistake("Missing ')' in method call.");
    }
    return args;
  }

  #operandOfCall(): Expression {
    let left = this.#operand();
    while (this.#take(/^\s*\+\s*/) !== null) left = { is: 'operation', operator: '+', left, right: this.#operand() };
    return left;
  }

  #primary(): Expression {
    const single = this.#take(/^'((?:[^']|'')*)'/);
    if (single !== null) return { is: 'text', text: (single[1] ?? '').replaceAll("''", "'") };
    const double = this.#take(/^"((?:[^"`]|`[\s\S]|"")*)"/);
    if (double !== null) return expandable((double[1] ?? '').replaceAll('""', '`"'));
    if (this.#take(/^\$\(|^@\(|^\(/) !== null) return { is: 'result', statements: this.statements(')') };
    if (this.#take(/^\{/) !== null) return { is: 'script', statements: this.statements('}') };
    const variable = this.#take(/^\$(env:\w+|[A-Za-z_]\w*|_)/i);
    if (variable?.[1] !== undefined) return { is: 'variable', name: variable[1].toLowerCase() };
    const type = this.#take(/^\[([\w.]+)\]::(\w+)/);
    if (type?.[1] !== undefined && type[2] !== undefined) {
      const args = this.#take(/^\(/) === null ? [] : this.#arguments();
      return { is: 'static', type: type[1].toLowerCase().replace(/^system\./, ''), name: type[2].toLowerCase(), args };
    }
    const number = this.#take(/^\d+/);
    if (number !== null) return { is: 'number', value: Number(number[0]) };
    throw new ScriptMistake(`Unexpected token '${this.#rest.charAt(0)}' in expression or statement.`);
  }

  get #rest(): string {
    return this.#source.slice(this.#at);
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.#rest);
    if (match !== null) this.#at += match[0].length;
    return match;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** A text in which `$name`, `$name.Property` in `$( … )`, and backticks count. */
function expandable(text: string): Expression {
  const pieces: Expression[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const variable = /^\$(env:\w+|[A-Za-z_]\w*)/i.exec(rest);
    if (rest.startsWith('`')) {
      plain += escapes[rest.charAt(1)] ?? rest.charAt(1);
      at += 2;
    } else if (rest.startsWith('$(')) {
      const end = closing(rest);
      pieces.push({ is: 'text', text: plain }, { is: 'result', statements: parseScript(rest.slice(2, end)) });
      plain = '';
      at += end + 1;
    } else if (variable?.[1] !== undefined) {
      pieces.push({ is: 'text', text: plain }, { is: 'variable', name: variable[1].toLowerCase() });
      plain = '';
      at += variable[0].length;
    } else {
      plain += rest.charAt(0);
      at += 1;
    }
  }
  if (pieces.length === 0) return { is: 'text', text: plain };
  return { is: 'joined', pieces: [...pieces, { is: 'text', text: plain }] };
}

function closing(text: string): number {
  let depth = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (text.charAt(at) === '(') depth += 1;
    else if (text.charAt(at) === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new ScriptMistake("Missing closing ')' in expression.");
}
