import { PathError } from '../file-system.ts';
import { converseInPowerShell, evaluatedScript } from '../powershell/run.ts';
import type { Program } from '../program.ts';

const valued = /^-(executionpolicy|ep|inputformat|outputformat|version|windowstyle)$/i;

/** `powershell -Command "…"`, `-EncodedCommand`, a script on standard input with `-Command -`, or lines at its prompt. */
export const powershell: Program = {
  name: 'powershell',
  run: async (call) => {
    const { args, io } = call;
    let at = 0;
    let script: string | null = null;
    while (at < args.length && script === null) {
      const arg = args[at] ?? '';
      at += 1;
      if (valued.test(arg)) at += 1;
      else if (/^-(encodedcommand|enc|ec|e)$/i.test(arg)) {
        script = Buffer.from(args[at] ?? '', 'base64').toString('utf16le');
      } else if (/^-(command|c)$/i.test(arg)) script = args.slice(at).join(' ');
      else if (!arg.startsWith('-')) script = args.slice(at - 1).join(' ');
    }
    try {
      if (script === null && io.hasTerminal) return await converseInPowerShell(call);
      return await evaluatedScript(call, script === '-' || script === null ? await io.readAll() : script);
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      io.error(error.message);
      return 1;
    }
  },
};
