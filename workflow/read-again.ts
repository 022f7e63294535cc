import { UsageError } from '#model/errors.ts';
import { failureWords } from '#model/failure-words.ts';
import type { Observation } from '#model/observation.ts';

/** What keeps uccert from signing in: it says nothing of the world that a plan was made for. */
const notLetIn: ReadonlySet<string> = new Set([
  'not-authorised',
  'no-credentials',
  'host-key-differs',
  'host-key-not-pinned',
]);

/** Throws `UsageError` where a store that the plan rests on could not be read again, because nobody was let in. */
export function refuseUnread(basis: readonly string[], stores: readonly Observation[]): void {
  const words = new Map<string, { readonly seen: string; readonly advice: string }>();
  for (const observation of stores) {
    const { place, outcome } = observation;
    if (outcome !== 'failed' || place.at !== 'store' || !notLetIn.has(observation.failure.reason)) continue;
    if (basis.some((line) => isOf(line, place))) words.set(place.machine, failureWords(observation.failure));
  }
  const [first] = words.values();
  if (first === undefined) return;
  throw new UsageError({
    seen: `What the plan rests on could not be read again:\n${[...words].map(([machine, { seen }]) => `  ${machine}: ${seen}`).join('\n')}`,
    matters: 'Whether the world is still the one that the plan was made for cannot be said; nothing was changed.',
    todo: first.advice,
  });
}

/** Whether the line says what was read of the store when the plan was made. */
function isOf(line: string, { machine, store }: { readonly machine: string; readonly store: string }): boolean {
  return (
    line.startsWith(`${machine} trusts in ${store} `) ||
    (line.startsWith(`${machine} holds `) && line.endsWith(` as ${store}`))
  );
}
