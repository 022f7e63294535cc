import type { Machine } from '#model/inventory.ts';

/** What keytool does with every reply whose root its key store knows, as the documented order of imports has it. */
export function rootSentAlong({ id }: Pick<Machine, 'id'>): string {
  return `keytool puts the root behind the chain, and ${id} sends it too: a notice afterwards (trust-anchor-sent) that wants nothing done`;
}
