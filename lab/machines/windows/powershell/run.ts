import type { Call } from '../program.ts';
import { Failure, type Scope } from './cmdlet.ts';
import { runStatements } from './evaluate.ts';
import { screenText } from './output.ts';
import { parseScript, ScriptMistake } from './syntax.ts';
import type { Value } from './values.ts';

/** Runs a script in Windows PowerShell; resolves to its exit code. Each failure ends its own statement only, as there. */
export async function evaluatedScript(call: Call, script: string): Promise<number> {
  return evaluatedIn({ call, variables: new Map<string, Value>() }, script);
}

/** Takes lines at the prompt of Windows PowerShell until `exit`, or the end of the input; resolves to the exit code. */
export async function converseInPowerShell(call: Call): Promise<number> {
  const { io, session } = call;
  const scope: Scope = { call, variables: new Map<string, Value>() };
  io.print('Windows PowerShell');
  io.print('Copyright (C) Microsoft Corporation. All rights reserved.');
  for (;;) {
    io.print();
    io.write(`PS ${session.folder}> `);
    const line = await io.readLine();
    if (line === null) return 0;
    const leaving = /^\s*exit(?:\s+(\d+))?\s*$/i.exec(line);
    if (leaving !== null) return Number(leaving[1] ?? 0);
    await evaluatedIn(scope, line);
  }
}

async function evaluatedIn(scope: Scope, script: string): Promise<number> {
  const { call } = scope;
  let hasFailed = false;
  try {
    for (const statement of parseScript(script)) {
      try {
        call.io.write(screenText(await runStatements(scope, [statement])));
        hasFailed = false;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        hasFailed = true;
        call.io.error(failureText(error, script));
      }
    }
  } catch (error) {
    if (!(error instanceof ScriptMistake)) throw error;
    const mistake = new Failure(
      '',
      error.message,
      'ParserError: (:) [], ParentContainsErrorRecordException',
      'UnexpectedToken',
    );
    call.io.error(failureText(mistake, script));
    return 1;
  }
  return hasFailed ? 1 : 0;
}

function failureText({ who, message, category, id }: Failure, script: string): string {
  const [line = ''] = script.split('\n');
  return [
    `${who === '' ? '' : `${who} : `}${message}`,
    'At line:1 char:1',
    `+ ${line.slice(0, 100)}`,
    `+ ${'~'.repeat(Math.min(line.length, 100))}`,
    `    + CategoryInfo          : ${category}`,
    `    + FullyQualifiedErrorId : ${id}`,
    ' ',
  ].join('\n');
}
