import type { Breakage } from '#lab/breakage.ts';

/** What `lab break` says beside what is broken: what came of it, and what did not. `broken`: all that is now. */
export function breakageText(
  { overwritten, unchanged, inventoryChanges }: Breakage,
  { broken, inventory }: { readonly broken: readonly string[]; readonly inventory: string },
): string[] {
  return [
    ...overwritten.map(
      ({ id, by, at, isGone }) =>
        `${by} has changed anew what ${id} had broken (${at.join(', ')}): ${isGone ? 'nothing of it is left' : 'it may not show as it would alone'}. To see it alone: ${anew(id)}`,
    ),
    ...unchanged.map(({ id, because }) => {
      switch (because) {
        case 'stands':
          return `${id} is broken already: nothing was changed.`;
        case 'changed since':
          return `${id} was broken before, and what it had broken is not as it was then (put right, or changed by another): nothing was changed now. To break it anew: ${anew(id)}`;
        case 'was so':
          return broken.length === 0
            ? `${id} leaves the lab as it was: what it would change is so already, by what was done since the lab came up. To break it: ${anew(id, 'reset')}`
            : `${id} leaves the lab as it was: what it would change is so already (broken: ${broken.join(', ')}). To see it alone: ${anew(id)}`;
      }
    }),
    ...inventoryChanges.map(
      ({ id, says }) =>
        `${id} has changed the inventory of the lab as well (${says.join(', ')}). A copy made before does not say so, and what rests on it is not found by the copy: take it anew from ${inventory}`,
    ),
  ];
}

/** Of the scenarios that were asked for, those that show now. */
export function showing(ids: readonly string[], { overwritten, unchanged }: Breakage): string[] {
  const silent = [
    ...overwritten.filter(({ isGone }) => isGone).map(({ id }) => id),
    ...unchanged.filter(({ because }) => because !== 'stands').map(({ id }) => id),
  ];
  return ids.filter((id) => !silent.includes(id));
}

function anew(id: string, by: 'heal' | 'reset' = 'heal'): string {
  return `uccert lab ${by}, then uccert lab break ${id}`;
}
