import { failureWords } from './failure-words.ts';
import type { ProbeFailure } from './observation.ts';

/** The three parts of every message: what was seen, why it matters, what to do. */
export interface Parts {
  readonly seen: string;
  readonly matters: string;
  readonly todo: string;
}

function inWords(parts: Parts): string {
  return [parts.seen, parts.matters, parts.todo].join('\n');
}

/** Something the caller can put right: usage, inventory, credentials, a file. Exit code 3, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(parts: Parts, options?: ErrorOptions) {
    super(inWords(parts), options);
  }
}

/** uccert will not do it now: stale plan, lock held, outside the window, irreversible without consent. Exit code 4, no stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(parts: Parts, options?: ErrorOptions) {
    super(inWords(parts), options);
  }
}

/** A peer did not answer as asked. Becomes data: the failure of an observation, or the reason a step did not succeed. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure, options?: ErrorOptions) {
    super(failureWords(failure).seen, options);
    this.failure = failure;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
