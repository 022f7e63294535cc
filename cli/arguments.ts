import type { MachineType } from '#model/names.ts';
import type { RunOptions } from './options.ts';

/** Arguments of `scan`. */
export interface ScanArguments extends RunOptions {
  readonly inventory: string | undefined;
  readonly target: string[] | undefined;
  readonly targets: string | undefined;
  readonly 'machine-type': MachineType | undefined;
  readonly release: string | undefined;
  readonly anchors: string[] | undefined;
  readonly jsonl: boolean;
  readonly at: Date | null;
}

/** Arguments of `apply`, `resume` and `roll-back`. */
export interface ApplyArguments extends RunOptions {
  readonly plan: string;
  readonly inventory: string | undefined;
  readonly approve: boolean;
  readonly 'accept-irreversible': boolean;
  readonly 'dry-run': boolean;
  readonly step: boolean;
}

/** Arguments of `nightly`. */
export interface NightlyArguments extends RunOptions {
  readonly inventory: string[];
}
