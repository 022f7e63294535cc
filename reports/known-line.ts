import { knownWhere, type Known } from '#model/known.ts';
import { visible } from './escape.ts';

/** A known problem on one line: what, what became of it, why, and who answers for it. */
export function knownLine({ problem, state }: Known): string {
  const words = {
    excused: `known until ${problem.until}`,
    'run-out': `known until ${problem.until}, which is over: it counts again`,
    'not-seen': `not seen any more; take it out of the inventory (known until ${problem.until})`,
    'not-asked': `not asked in this run (known until ${problem.until})`,
  }[state];
  return visible(`${knownWhere(problem)}: ${words}; ${problem.why} (${problem.who})`);
}
