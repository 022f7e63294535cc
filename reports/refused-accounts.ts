import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';

/** A test account whose password was refused, and what to do about it. */
export interface RefusedAccount {
  readonly user: string;
  /** What was seen, why it matters, what to do. */
  readonly words: string;
}

/** Other accounts do what a refused one would have done, so no page tells of it. */
export function refusedAccountsOf({ refusedAccounts = [], inventory }: Run): readonly RefusedAccount[] {
  return refusedAccounts.map(({ name, user }) => ({
    user: visible(user),
    words: visible(
      `its password was refused, and not tried again; where another account of the role was free, it was taken instead. Put people.${name}.password right in ${inventory.file ?? 'the inventory'}.`,
    ),
  }));
}
