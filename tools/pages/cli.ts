import { execFileSync } from 'node:child_process';

export function cliPage(): string {
  const help = (args: readonly string[]): string =>
    execFileSync(process.execPath, ['cli/main.ts', ...args, '--help'], {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '100' },
    }).trimEnd();
  const top = help([]);
  const names = [...top.matchAll(/^ {2}uccert (\S+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'completion');
  // The examples begin like the commands.
  const verbs = new Set(Array.from(help(['lab']).matchAll(/^ {2}uccert lab (\S+)/gm), ([, name = '']) => name));
  const lab = [...verbs].map((name) => ['lab', name]);
  const commands = [[], ...names.filter((name) => name !== 'lab').map((name) => [name]), ['lab'], ...lab];
  return [
    '# Command line',
    '',
    ...commands.flatMap((args) => [`## uccert ${args.join(' ')}`.trimEnd(), '', '```', help(args), '```', '']),
  ].join('\n');
}
