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
  readonly deep: boolean;
  readonly revocation: boolean;
  readonly at: Date | null;
}

/** Arguments of `check`. */
export interface CheckArguments extends RunOptions {
  readonly file: string[];
  readonly for: string | undefined;
  readonly inventory: string | undefined;
  readonly 'machine-type': string | undefined;
  readonly release: string | undefined;
  readonly unit: string | undefined;
  readonly name: string[] | undefined;
  readonly request: string[] | undefined;
  readonly intermediates: string[] | undefined;
  readonly anchors: string[] | undefined;
  readonly store: string[] | undefined;
  readonly 'password-file': string | undefined;
  readonly live: boolean;
  readonly from: string | undefined;
  readonly at: Date | null;
}

/** Arguments of `apply`, `resume` and `roll-back`. */
export interface ApplyArguments extends RunOptions {
  readonly plan: string;
  readonly inventory: string | undefined;
  readonly approve: boolean;
  readonly 'accept-irreversible': boolean;
  readonly 'dry-run': boolean;
  readonly 'disturb-agents': boolean;
  readonly 'without-other-side': boolean;
  readonly step: boolean;
  readonly close?: boolean;
}

/** Arguments of `nightly`. */
export interface NightlyArguments extends RunOptions {
  readonly inventory: string[];
}

/** Arguments of `trust`. */
export interface TrustArguments extends RunOptions {
  readonly inventory: string | undefined;
  readonly if: string[] | undefined;
  readonly without: string[] | undefined;
  readonly from: string | undefined;
  readonly calendar: boolean;
  readonly agents: boolean;
  readonly at: Date | null;
  readonly deep: boolean;
}

/** Arguments of `troubleshoot`. */
export interface TroubleshootArguments extends RunOptions {
  readonly inventory: string | undefined;
  readonly symptom: string;
  readonly at: Date | null;
}

/** Arguments of `plan`. */
export interface PlanArguments {
  readonly run: string;
  readonly machine: readonly string[] | undefined;
  readonly fault: readonly string[] | undefined;
  readonly reboot: boolean;
  readonly inventory: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Arguments of `runbook`. */
export interface RunbookArguments {
  readonly plan: string;
  readonly inventory: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Arguments of `report`. */
export interface ReportArguments extends RunOptions {
  readonly run: string;
  readonly at: Date | null;
  readonly format: string[] | undefined;
  readonly against: string | undefined;
}

/** Arguments of `diff`. */
export interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly json: boolean;
  readonly color: boolean | undefined;
}

/** Arguments of `bundle`. */
export interface BundleArguments {
  readonly inventory: string | undefined;
  readonly client: string | undefined;
  readonly out: string;
}
