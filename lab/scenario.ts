import type { MachineId, MachineType } from '#model/names.ts';
import type { Change } from './lab.ts';

/** The id of a fault. */
export type FaultId = string;

/** One fault that a scenario must show, and where. */
export interface Expectation {
  readonly fault: FaultId;
  /** The machine that presents, or that holds the store: by type, or by its id. */
  readonly on: MachineType | MachineId | (string & {});
  /** The ports where it shows; `tomcat`: every TLS port that presents the unit tomcat. */
  readonly ports?: readonly number[] | 'tomcat';
  /** The store it is about. */
  readonly store?: string;
  /** For a trust relation: whose certificate it is about. */
  readonly presenter?: string;
}

/** One way a contact centre goes wrong, and exactly what must be found then. */
export interface Scenario extends Change {
  readonly title: string;
  /** What happened, as an engineer would tell it. */
  readonly story: string;
  readonly expects: readonly [Expectation, ...Expectation[]];
}
