import type { RunningLab } from '#lab/control.ts';
import { print } from './terminal.ts';

/** Rows of cells in columns as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function summary(lab: RunningLab): string {
  const machines = lab.machines.map((machine) => {
    const open = machine.ports.filter(({ shows }) => shows !== 'closed');
    const isMapped = open.some(({ port, at }) => at !== `${machine.address}:${port}`);
    const ports = open.map(({ port, at }) =>
      isMapped ? `${port}=${at.slice(at.lastIndexOf(':') + 1)}` : String(port),
    );
    return [
      machine.fqdn,
      machine.type,
      machine.address,
      machine.ssh.slice(machine.ssh.lastIndexOf(':') + 1),
      ports.join(' '),
    ];
  });
  const kind = lab.signed ? 'signed by the lab CA' : 'self-signed, as installed';
  return [
    `${lab.deployment} ${lab.release}, certificates ${kind}${lab.broken.length === 0 ? '' : `, broken: ${lab.broken.join(', ')}`}`,
    '',
    table([['machine', 'type', 'address', 'ssh', 'ports'], ...machines]),
    '',
    `inventory  ${lab.inventory}`,
    ...(lab.windowsCa === null ? [] : [`certsrv    https://${lab.windowsCa.fqdn}/certsrv at ${lab.windowsCa.at}`]),
    `people     ${lab.people.names.join(' ')}; their password is in ${lab.people.passwordFile}`,
    `machines   administrator; the password is in ${lab.administratorPasswordFile}`,
    ...(lab.signed ? [`CA         the root is ${lab.rootFile}`] : []),
  ].join('\n');
}

/** A scenario that each kind of lab can show. */
const shows: Readonly<
  Record<RunningLab['deployment'], { readonly signed: string | null; readonly asInstalled: string | null }>
> = {
  UCCX: { signed: 'second-node-left-out', asInstalled: 'finesse-certificate-expired' },
  PCCE: { signed: 'java-update-dropped-cacerts', asInstalled: 'portico-recreated' },
  UCCE: { signed: null, asInstalled: null },
};

/** What to do with a lab that is up. */
export function next({ deployment, signed }: RunningLab): string {
  const scenario = signed ? shows[deployment].signed : shows[deployment].asInstalled;
  const lines: readonly (readonly [string, string])[] = [
    ['uccert scan', 'judge its ports'],
    ['uccert trust', 'judge its stores and every link, too'],
    ['uccert lab list', 'what can be broken'],
    ...(scenario === null ? [] : [[`uccert lab break ${scenario}`, 'break it'] as const]),
    ['uccert lab heal', 'mend it'],
    ['uccert lab down', 'end it'],
  ];
  return [
    '',
    ...lines.map(([command, what], at) => `${at === 0 ? 'next' : '    '}       ${command.padEnd(48)} ${what}`),
  ].join('\n');
}

/** What there is and how to get in, or the document. */
export function show(lab: RunningLab, isJson: boolean): void {
  print(isJson ? JSON.stringify(lab, null, 2) : summary(lab));
}

/** Of every command that shows something of the lab. */
export const json = { type: 'boolean', default: false, describe: 'Print the document as JSON' } as const;
