import type { FaultId } from '#faults/index.ts';
import type { MachineId, MachineType } from '#model/names.ts';
import { listenersOf } from '#products/index.ts';
import type { RequirementId } from '#products/requirements.ts';
import { intermediateFile, leftFiles } from './folder.ts';
import type { Change, Lab } from './lab.ts';

/** One fault that a scenario must show, and where. */
export interface Expectation {
  readonly fault: FaultId;
  /** The machine that presents, or that holds the store: by type, or by its id. */
  readonly on: MachineType | MachineId | (string & {});
  /**
   * The ports where it shows. `tomcat`: every open port that presents the unit tomcat; `people`: those of them that people
   * open, because the fault is judged by the trust of a PC; `pages`: every open port that has a page.
   */
  readonly ports?: readonly number[] | 'tomcat' | 'people' | 'pages';
  /** The store it is about. */
  readonly store?: string;
  /** The file it is about, of those that the scenario left. */
  readonly file?: string;
  /** For a trust relation: whose certificate it is about; `every`: all whose certificates the machine needs in that store. */
  readonly presenter?: string;
}

/** What shows a scenario beside the ports and stores, which `uccert trust` looks at. */
export type Look =
  | { readonly with: 'scan --revocation' }
  /** Files that were left in the lab's folder, before they are uploaded. */
  | {
      readonly with: 'check';
      readonly files: readonly [string, ...string[]];
      readonly on: MachineId | (string & {});
      readonly unit?: string;
      /** Whether the machine itself is asked which requests wait on it. */
      readonly isLive?: true;
    };

/** One way a contact centre goes wrong, and exactly what must be found then. */
export interface Scenario extends Change {
  readonly title: string;
  /** What happened, as an engineer would tell it. */
  readonly story: string;
  /** What Cisco's documents ask for, and what is not so here. */
  readonly rows?: readonly RequirementId[];
  readonly expects: readonly [Expectation, ...Expectation[]];
  readonly look?: Look;
  /** Ports of pages that people begin their day with, where their browsers refuse: `browser-refuses`, which only a browser sees. */
  readonly refusedAt?: readonly [Refusal, ...Refusal[]];
  /** Pages that are shown and do not work, or not all of them; by their names in the browser suites. */
  readonly noticedOn?: readonly [string, ...string[]];
}

/** A port whose pages a browser refuses. */
export type Refusal = Required<Pick<Expectation, 'on'>> & { readonly port: number };

/** Every fault that a scenario shows, whatever sees it. */
export function faultsShownBy({ expects, refusedAt }: Pick<Scenario, 'expects' | 'refusedAt'>): readonly FaultId[] {
  return [...new Set([...expects.map(({ fault }) => fault), ...(refusedAt === undefined ? [] : [refusal])])];
}

const refusal: FaultId = 'browser-refuses';

/** Faults that show only where every variant of the ClientHello, and the clock, is asked for. */
export const seenDeep: readonly FaultId[] = [
  'clock-skew',
  'dual-certificates-differ',
  'legacy-protocol-accepted',
  'weak-diffie-hellman',
];

/** Where the lab of a user lies who set no folder of his own. */
export const usualFolder = '~/.local/state/uccert/lab';

/** The command that shows what a scenario has broken. `folder`: the lab's own. */
export function lookCommand(
  { look, needs, expects }: Pick<Scenario, 'look' | 'needs' | 'expects'>,
  folder: string,
): string {
  if (look === undefined)
    return `uccert trust${expects.some(({ fault }) => seenDeep.includes(fault)) ? ' --deep' : ''}`;
  if (look.with === 'scan --revocation') return 'uccert scan --revocation';
  const files = look.files.map((file) => `${folder}/${leftFiles}/${file}`).join(' ');
  const unit = look.unit === undefined ? '' : ` --unit ${look.unit}`;
  const issuers = needs === 'signed' ? ` --intermediates ${folder}/${intermediateFile}` : '';
  return `uccert check ${files} --for ${look.on}${unit}${issuers}${look.isLive === true ? ' --live' : ''}`;
}

/** The command that shows a scenario as people notice it; null where no page that they open tells. */
export function browseCommand({ refusedAt, noticedOn }: Pick<Scenario, 'refusedAt' | 'noticedOn'>): string | null {
  if (noticedOn !== undefined) return `uccert browse ${noticedOn.map((page) => `--page "${page}"`).join(' ')}`;
  return refusedAt === undefined ? null : 'uccert browse';
}

/** The lab that a scenario needs, in words: `UCCX, signed`, `PCCE, any`. */
export function labOf({ deployment = 'UCCX', needs }: Pick<Change, 'deployment' | 'needs'>): string {
  return `${deployment}, ${needs}`;
}

/** The ports of an expectation as numbers; null where it is not about ports. */
export function expectedPorts(lab: Lab, { on, ports }: Expectation): readonly number[] | null {
  if (ports === undefined) return null;
  if (typeof ports !== 'string') return ports;
  const machine = lab.machine(on);
  return listenersOf(machine.type, machine.release)
    .filter(({ port }) => machine.openPorts.includes(port))
    .filter(({ page }) => ports !== 'pages' || page !== undefined)
    .filter(({ audiences }) => ports !== 'people' || audiences.some((audience) => audience !== 'machines'))
    .map(({ port }) => port);
}
