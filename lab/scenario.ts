import type { FaultId } from '#faults/index.ts';
import type { MachineId, MachineType } from '#model/names.ts';
import { listenersOf } from '#products/index.ts';
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
  /** For a trust relation: whose certificate it is about; `every`: all whose certificates the machine needs in that store. */
  readonly presenter?: string;
}

/** One way a contact centre goes wrong, and exactly what must be found then. */
export interface Scenario extends Change {
  readonly title: string;
  /** What happened, as an engineer would tell it. */
  readonly story: string;
  readonly expects: readonly [Expectation, ...Expectation[]];
}

/** The lab that a scenario needs, in words: `UCCX, signed`, `PCCE, any`. */
export function labOf({ deployment = 'UCCX', needs }: Pick<Change, 'deployment' | 'needs'>): string {
  return `${deployment}, ${needs}`;
}

/** The command that brings up the lab that a scenario needs. */
export function labCommandFor({ deployment = 'UCCX', needs }: Pick<Change, 'deployment' | 'needs'>): string {
  const which = deployment === 'UCCX' ? '' : ` --deployment ${deployment.toLowerCase()}`;
  return `uccert lab up${which}${needs === 'signed' ? ' --signed' : ''}`;
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
