import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';

/** A test account whose password was refused, and what to do about it. */
export interface RefusedAccount {
  readonly user: string;
  /** What was seen, why it matters, what to do. */
  readonly words: string;
}

/** Where another account did what a refused one would have done, no page tells of it. */
export function refusedAccountsOf({ refusedAccounts = [], inventory }: Run): readonly RefusedAccount[] {
  return refusedAccounts.map(({ name, user, replaced = false }) => ({
    user: visible(user),
    words: visible(
      `its password was refused, and not tried again${replaced ? '; another account of the role did its work' : ''}. See that people.${name}.password is right in ${inventory.file ?? 'the inventory'}.`,
    ),
  }));
}
