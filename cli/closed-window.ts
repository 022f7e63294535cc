import type { Plan } from '#model/plan.ts';
import type { Inventory } from '#inventory/load.ts';
import { closedFor, untilPeople } from '#workflow/guard.ts';
import { stepsInOrder } from '#workflow/requests-first.ts';

/** That the maintenance window is closed, and how far apply would get until it opens; null where nothing of the plan waits for it. */
export function closedWindow(plan: Plan, inventory: Inventory): string | null {
  const steps = stepsInOrder(plan).map(({ step }) => step);
  const closed = closedFor(steps, inventory);
  if (closed === null) return null;
  // Where people are to answer first, their requests may lie with them until it opens.
  const isRefused = closedFor(untilPeople(steps, inventory), inventory) !== null;
  const until = isRefused
    ? 'Until then apply refuses what people or calls can meet.'
    : 'Until then apply makes its requests, waits for the answers of people, and goes no further.';
  return `The maintenance window is closed: ${closed.words}. ${until}`;
}
