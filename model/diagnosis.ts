import type { Finding } from './finding.ts';

/** A fault that would explain a symptom. */
export interface Suspect {
  readonly fault: string;
  /** Its title where it is absent. */
  readonly titleAbsent: string;
  /** From 0 to 1, the likeliest 1. */
  readonly weight: number;
  /** The command that asks for it, where the run did not. */
  readonly askedBy: string | null;
}

/** What people see, and what it leads to. */
export interface Diagnosis {
  readonly symptom: string;
  /** The known complaint that the words fit best, one line; null where none does. */
  readonly complaint: string | null;
  /** The likeliest first. */
  readonly suspects: readonly Suspect[];
  /** How well a finding explains the symptom, from 0 (not at all) to 1. */
  readonly relevanceOf: (finding: Finding) => number;
}
