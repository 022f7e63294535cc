import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PathError } from '../file-system.ts';
import { findKeytool } from '../java.ts';
import type { Call, Program } from '../program.ts';

/** Options whose value is a file. Their paths are those of the lab's drive. */
const files = /^-(keystore|file|srckeystore|destkeystore|infile|outfile)$/i;

/**
 * Options that make Java load or run something else, reach out, or leave the drive: nothing documented asks for one. They are
 * refused wherever they stand, as the value of another option too: the launcher takes -J everywhere.
 */
const foreign =
  /^(-J|-conf|-provider|-addprovider|-srcprovider|-destprovider|-sslserver|-jarfile|-tsa|-cacerts|-[a-z]+:)|^@/i;

/** keytool compares options by letters alone, without accents and marks that do not show: no others may come near it. */
const strange = /^-.*[^\x20-\x7e]/;

/** A key of 4096 bits on a busy machine takes less. */
const patienceMs = 120_000;

/** The real keytool, on the files of the drive. */
export const keytool: Program = {
  name: 'keytool',
  run: async (call) => {
    const program = findKeytool();
    if (program === null) {
      call.io.error(`'keytool' is not recognized as an internal or external command,\noperable program or batch file.`);
      return 9009;
    }
    const refused = call.args.find((arg) => foreign.test(arg) || strange.test(arg));
    if (refused !== undefined) {
      call.io.print(`keytool error: java.lang.Exception: Illegal option:  ${refused}`); // inferred for options that keytool does know
      return 1;
    }
    const translated = translate(call);
    return run(call, program, translated);
  },
};

function translate({ args, machine, session }: Call): string[] {
  return args.map((arg, at) => {
    if (!files.test(args[at - 1] ?? '') || arg.startsWith('-')) return arg;
    if (/^nul$/i.test(arg)) throw new PathError('The system cannot find the file specified.');
    return machine.files.hostPath(arg, session.folder);
  });
}

async function run({ io, machine, session }: Call, program: string, args: readonly string[]): Promise<number> {
  const java = [
    '-J-XX:TieredStopAtLevel=1',
    '-J-XX:+UseSerialGC',
    `-J-Duser.home=${machine.files.hostPath('C:\\Users\\Administrator')}`,
    '-J-Duser.language=en',
  ];
  const child = spawn(program, [...java, ...args], {
    cwd: machine.files.hostPath(session.folder),
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
    stdio: 'pipe',
    timeout: patienceMs,
  });
  child.stdin.on('error', () => undefined);
  let shown = '';
  const show = (text: string, write: (text: string) => void): void => {
    const seen = machine.files.asSeen(text);
    write(seen);
    shown = (shown + seen).slice(-200);
    // Each of keytool's questions ends in a colon and blanks, and nothing else does.
    if (/:\s{1,2}$/.test(shown) && !shown.endsWith('\n')) void answer();
  };
  const answer = async (): Promise<void> => {
    const isHidden = /password[^\n]*:\s+$/i.test(shown);
    shown = '';
    const line = await io.readLine(isHidden);
    if (line === null) child.stdin.end();
    else child.stdin.write(`${line}\n`);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => show(text, (seen) => io.write(seen)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => show(text, (seen) => io.writeError(seen)));
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
