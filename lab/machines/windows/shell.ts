import { win32 } from 'node:path';
import { programs } from './commands/index.ts';
import { expand, parseLine, SyntaxMistake, type Command, type Step } from './command-line.ts';
import { PathError } from './file-system.ts';
import { longestLine, PipeIo, type Io } from './io.ts';
import type { Call, Program, Session } from './program.ts';
import { splitArguments } from './program.ts';

/** The value of a variable, with those that cmd makes up. */
export function variable(session: Session, name: string): string | undefined {
  switch (name.toUpperCase()) {
    case 'CD':
      return session.folder;
    case 'ERRORLEVEL':
      return String(session.errorLevel);
    default:
      return session.variables.get(name.toUpperCase())?.value;
  }
}

/** Runs one line in cmd; resolves to the exit code of its last command. */
export async function runLine(session: Session, line: string, io: Io): Promise<number> {
  if (line.length > longestLine) {
    io.error('The command line is too long.');
    return (session.errorLevel = 1);
  }
  try {
    // A line ends at the first NUL, as in every program of C.
    const typed = line.split('\0', 1)[0] ?? '';
    const expanded = expand(typed, (name) => variable(session, name));
    if (expanded.length <= longestLine) return await runSteps(session, parseLine(expanded), io);
    io.error('The input line is too long.');
    return (session.errorLevel = 1);
  } catch (error) {
    if (!(error instanceof SyntaxMistake)) throw error;
    io.error(error.message);
    return (session.errorLevel = 255);
  }
}

async function runSteps(session: Session, steps: readonly Step[], io: Io): Promise<number> {
  for (const { when, pipe } of steps) {
    const hasFailed = session.errorLevel !== 0;
    if ((when === 'after success' && hasFailed) || (when === 'after failure' && !hasFailed)) continue;
    session.errorLevel = await runPipe(session, pipe, io);
  }
  return session.errorLevel;
}

async function runPipe(session: Session, pipe: readonly Command[], io: Io): Promise<number> {
  let input: string | null = null;
  let code = 0;
  for (const [place, command] of pipe.entries()) {
    const isLast = place === pipe.length - 1;
    const own: PipeIo | null = isLast && input === null ? null : new PipeIo(io, input);
    code = await runRedirected(session, command, own ?? io);
    if (own === null) break;
    if (isLast) io.write(own.printed);
    input = own.printed;
  }
  return code;
}

async function runRedirected(session: Session, command: Command, io: Io): Promise<number> {
  if (command.redirections.length === 0) return runOne(session, command, io);
  const { files } = session.machine;
  const at = (of: 'input' | 'output' | 'errors') => command.redirections.findLast((each) => each.of === of)?.to;
  const [input, output, errors] = [at('input'), at('output'), at('errors')];
  try {
    const given =
      input !== undefined && input !== 'output' ? files.read(input.file, session.folder).toString('utf8') : null;
    // `2>file` drops what it should keep: nothing here looks at such a file.
    const own = new PipeIo(io, given, errors === 'output' ? 'kept' : errors === undefined ? 'shown' : 'dropped');
    const code = await runOne(session, command, own);
    if (output === undefined || output === 'output') io.write(own.printed);
    else if (!/^nul$/i.test(output.file)) {
      const before =
        output.appends && files.exists(output.file, session.folder) ? files.read(output.file, session.folder) : '';
      files.write(output.file, `${before.toString()}${own.printed.replaceAll(/\r?\n/g, '\r\n')}`, session.folder);
    }
    return code;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    io.error(error.message);
    return 1;
  }
}

function runOne(session: Session, { does }: Command, io: Io): Promise<number> {
  return typeof does === 'string' ? runCommand(session, does, io) : runSteps(session, does, io);
}

async function runCommand(session: Session, text: string, io: Io): Promise<number> {
  const { machine } = session;
  if (text.trim() === '') return session.errorLevel;
  if (/^[a-z]:\s*$/i.test(text)) {
    if (text.toLowerCase().startsWith('c')) return 0;
    io.error('The system cannot find the drive specified.');
    return 1;
  }
  const typed = text.replace(/^@+/, '');
  const word = /^"[^"]*"?|^[^\s"]+/.exec(typed)?.[0] ?? typed;
  const found = builtIn(typed) ?? external(session, word);
  if ('mistake' in found) {
    io.error(found.mistake);
    return found.code;
  }
  const line = typed.slice(found.length).replace(/^ /, '');
  const call: Call = {
    machine,
    session,
    args: splitArguments(line),
    line,
    io,
    runLine: (further, own) => runLine(session, further, own),
  };
  try {
    const code = await found.program.run(call);
    machine.onCommand(`${found.program.name} ${call.args.join(' ')}`);
    return code;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    io.error(error.message);
    return 1;
  }
}

type Found =
  { readonly program: Program; readonly length: number } | { readonly mistake: string; readonly code: number };

/** cmd's own commands need no blank before what follows: `cd..`, `dir/b`, `echo.`. */
function builtIn(typed: string): Found | null {
  const name = /^[a-z]+/i.exec(typed)?.[0] ?? '';
  if (!/^($|[\s./\\;,=:(])/.test(typed.slice(name.length))) return null;
  const program = programs.find((each) => each.isBuiltIn === true && each.name === name.toLowerCase());
  // `set.exe` and `type.exe` are files.
  return program === undefined || /^\.(exe|bat|cmd)\b/i.test(typed.slice(name.length))
    ? null
    : { program, length: name.length };
}

function external(session: Session, word: string): Found {
  const { files } = session.machine;
  const typed = word.replaceAll('"', '');
  const unknown = {
    mistake: `'${word}' is not recognized as an internal or external command,\noperable program or batch file.`,
    code: 9009,
  };
  const endings = /\.(exe|bat|cmd|com)$/i.test(typed) ? [''] : ['.exe', '.bat'];
  const hasPath = /[\\/:]/.test(typed);
  const places = hasPath ? [''] : [session.folder, ...(variable(session, 'PATH') ?? '').split(';')];
  try {
    for (const place of places) {
      for (const ending of endings) {
        const path = files.absolute(`${place === '' ? '' : `${place}\\`}${typed}${ending}`, session.folder);
        if (!files.exists(path) || files.isFolder(path)) continue;
        const name = win32
          .basename(path)
          .replace(/\.[a-z]+$/i, '')
          .toLowerCase();
        const program = programs.find((each) => each.isBuiltIn !== true && each.name === name);
        if (program !== undefined) return { program, length: word.length };
      }
    }
    if (hasPath && !files.isFolder(win32.dirname(files.absolute(typed, session.folder)))) {
      return { mistake: 'The system cannot find the path specified.', code: 1 };
    }
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return { mistake: error.message, code: 1 };
  }
  return unknown;
}

/** The prompt of OpenSSH for Windows with cmd behind it. */
export async function converse(session: Session, user: string, io: Io): Promise<number> {
  io.print('Microsoft Windows [Version 10.0.17763.5329]');
  io.print('(c) 2018 Microsoft Corporation. All rights reserved.');
  for (;;) {
    io.print();
    io.write(`${user}@${variable(session, 'COMPUTERNAME') ?? ''} ${session.folder}>`);
    const line = await io.readLine();
    if (line === null) return session.errorLevel;
    const leaving = /^\s*exit(?:\s+(?:\/b\s*)?(\d+))?\s*$/i.exec(line);
    if (leaving !== null) return Number(leaving[1] ?? 0);
    await runLine(session, line, io);
  }
}
