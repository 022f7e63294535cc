import type { ApplyArguments } from './arguments.ts';

const flags = [
  'approve',
  'accept-irreversible',
  'disturb-agents',
  'without-other-side',
  'step',
  'json',
  'quiet',
] as const satisfies readonly (keyof ApplyArguments)[];

/** What the operator named besides the plan, each option as it is typed: a command that is to be run again has them again. */
export function givenOptions(wanted: Partial<ApplyArguments>): string[] {
  const { inventory, out } = wanted;
  return [
    ...flags.filter((flag) => wanted[flag] === true).map((flag) => `--${flag}`),
    ...(inventory === undefined ? [] : [`--inventory ${quoted(inventory)}`]),
    ...(out === undefined ? [] : [`--out ${quoted(out)}`]),
  ];
}

function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
