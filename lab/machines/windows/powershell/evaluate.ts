import { PipeIo } from '../io.ts';
import { Failure, unrolled, type Scope } from './cmdlet.ts';
import { cmdlets } from './cmdlets.ts';
import { callMethod, callStatic } from './methods.ts';
import { operate } from './operators.ts';
import { screenText } from './output.ts';
import { type Argument, type Expression, type Stage, type Statement } from './syntax.ts';
import { isTrue, propertyOf, textOf, type Value } from './values.ts';

/** Runs statements; what none of them keeps is the result. */
export async function runStatements(scope: Scope, statements: readonly Statement[]): Promise<Value[]> {
  const results: Value[] = [];
  for (const { assignsTo, pipeline } of statements) {
    const values = await runPipeline(scope, pipeline);
    if (assignsTo === null) results.push(...values);
    else scope.variables.set(assignsTo.toLowerCase(), values.length === 1 ? (values[0] ?? null) : values);
  }
  return results;
}

async function runPipeline(scope: Scope, pipeline: readonly Stage[]): Promise<Value[]> {
  let values: Value[] = [];
  for (const [place, stage] of pipeline.entries()) {
    values =
      stage.is === 'expression'
        ? unrolled(await evaluate(scope, stage.expression))
        : await runCommand(scope, stage, values, place === pipeline.length - 1);
  }
  return values;
}

async function runCommand(
  scope: Scope,
  { name, args }: Extract<Stage, { is: 'command' }>,
  input: readonly Value[],
  isLast: boolean,
): Promise<Value[]> {
  const typed = textOf(await evaluate(scope, name));
  const cmdlet = cmdlets.get(typed.toLowerCase());
  if (cmdlet === undefined) return runProgram(scope, typed, args, input, isLast);
  const parameters = new Map<string, Value>();
  const positional: Value[] = [];
  let awaited: string | null = null;
  for (const arg of args) {
    if ('parameter' in arg) {
      awaited = arg.parameter;
      parameters.set(awaited, true);
    } else {
      const value = await evaluate(scope, arg.value);
      if (awaited === null || cmdlet.switches.includes(awaited)) positional.push(value);
      else parameters.set(awaited, value);
      awaited = null;
    }
  }
  return cmdlet.run({ scope, name: cmdlet.name, parameters, positional, input });
}

/** A program of the drive: its lines are the values. */
async function runProgram(
  scope: Scope,
  name: string,
  args: readonly Argument[],
  input: readonly Value[],
  isLast: boolean,
): Promise<Value[]> {
  const { call } = scope;
  const words: string[] = [];
  for (const arg of args) {
    words.push('parameter' in arg ? `-${arg.parameter}` : textOf(await evaluate(scope, arg.value)));
  }
  const quoted = [name, ...words].map((word) => (/[\s&|<>()^"]/.test(word) || word === '' ? `"${word}"` : word));
  const given = input.length === 0 ? null : screenText(input);
  // cmd's own words for a command that is none are not PowerShell's.
  const own = new PipeIo(call.io, given, 'kept');
  const line = quoted.join(' ');
  const code = await call.runLine(line, own);
  if (code === 9009) {
    throw new Failure(
      name,
      `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
      `ObjectNotFound: (${name}:String) [], CommandNotFoundException`,
      'CommandNotFoundException',
    );
  }
  scope.variables.set('lastexitcode', code);
  if (isLast) {
    call.io.write(own.printed);
    return [];
  }
  return own.printed.replace(/\r?\n$/, '').split(/\r?\n/);
}

export async function evaluate(scope: Scope, expression: Expression): Promise<Value> {
  switch (expression.is) {
    case 'text':
      return expression.text;
    case 'number':
      return expression.value;
    case 'joined': {
      const pieces = await Promise.all(expression.pieces.map((piece) => evaluate(scope, piece)));
      return pieces.map(textOf).join('');
    }
    case 'variable':
      return variable(scope, expression.name);
    case 'list': {
      const items: Value[] = [];
      for (const item of expression.items) items.push(await evaluate(scope, item));
      return items;
    }
    case 'script':
      return {
        run: (value) => {
          const variables = new Map([...scope.variables, ['_', value] as const]);
          return runStatements({ call: scope.call, variables }, expression.statements);
        },
      };
    case 'result': {
      const values = await runStatements(scope, expression.statements);
      return values.length === 1 ? (values[0] ?? null) : values.length === 0 ? null : values;
    }
    case 'member': {
      const of = await evaluate(scope, expression.of);
      if (expression.args === null) return propertyOf(of, expression.name);
      const args = await Promise.all(expression.args.map((arg) => evaluate(scope, arg)));
      return callMethod(of, expression.name, args);
    }
    case 'static': {
      const args = await Promise.all(expression.args.map((arg) => evaluate(scope, arg)));
      return callStatic(scope, expression.type, expression.name, args);
    }
    case 'not':
      return !isTrue(await evaluate(scope, expression.of));
    case 'operation':
      return operate(
        expression.operator,
        await evaluate(scope, expression.left),
        await evaluate(scope, expression.right),
      );
  }
}

function variable({ call, variables }: Scope, name: string): Value {
  if (name.startsWith('env:')) return call.session.variables.get(name.slice(4).toUpperCase())?.value ?? null;
  if (name === 'true') return true;
  if (name === 'false') return false;
  return variables.get(name) ?? null;
}
