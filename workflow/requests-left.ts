import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Plan } from '#model/plan.ts';
import { keptFile, repliesFolder } from './replies.ts';
import { repliesWanted } from './requests-first.ts';

/** Requests that a plan put where people look for them, and that lie there still, each with what it is for. Those of another plan are not its own. */
export function requestsLeft(plan: Pick<Plan, 'changes'>, journal: { readonly file: string }): string[] {
  const folder = repliesFolder(journal.file);
  const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  return repliesWanted(plan).flatMap(({ for: machine, unit }) => {
    // What an authority that is not people gives as a ticket is no path.
    const handedIn = textOf(keptFile(folder, machine, unit, 'ticket')) ?? '';
    const own = textOf(keptFile(folder, machine, unit, 'csr'));
    return isAbsolute(handedIn) && own !== null && textOf(handedIn) === own
      ? [`${handedIn} (${unit} of ${machine})`]
      : [];
  });
}
