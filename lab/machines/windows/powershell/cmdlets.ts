import { certificates } from './certificate-cmdlets.ts';
import type { Cmdlet } from './cmdlet.ts';
import { items } from './item-cmdlets.ts';
import { pipes } from './pipe-cmdlets.ts';
import { servers } from './server-cmdlets.ts';

/** A cmdlet by its name, with the parameters of it that take no value. */
export interface Known {
  readonly name: string;
  readonly switches: readonly string[];
  readonly run: Cmdlet;
}

const switches = [
  'force',
  'recurse',
  'raw',
  'nonewline',
  'first1',
  'unique',
  'passthru',
  'compress',
  'autosize',
  'wrap',
];

const aliases: Readonly<Record<string, string>> = {
  '%': 'ForEach-Object',
  '?': 'Where-Object',
  cat: 'Get-Content',
  cd: 'Set-Location',
  copy: 'Copy-Item',
  del: 'Remove-Item',
  dir: 'Get-ChildItem',
  echo: 'Write-Output',
  fl: 'Format-List',
  foreach: 'ForEach-Object',
  ft: 'Format-Table',
  gc: 'Get-Content',
  gci: 'Get-ChildItem',
  gi: 'Get-Item',
  gsv: 'Get-Service',
  ls: 'Get-ChildItem',
  rm: 'Remove-Item',
  select: 'Select-Object',
  type: 'Get-Content',
  where: 'Where-Object',
};

const all: readonly (readonly [string, Cmdlet])[] = [
  ...Object.entries(items),
  ...Object.entries(certificates),
  ...Object.entries(servers),
  ...Object.entries(pipes),
];

/** Every cmdlet, by its name and its aliases in small letters. */
export const cmdlets: ReadonlyMap<string, Known> = new Map([
  ...all.map(([name, run]) => [name.toLowerCase(), { name, switches, run }] as const),
  ...Object.entries(aliases).flatMap(([alias, name]) => {
    const run = all.find(([each]) => each === name)?.[1];
    return run === undefined ? [] : [[alias, { name, switches, run }] as const];
  }),
]);
