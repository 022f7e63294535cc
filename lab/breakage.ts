import type { Overwritten } from './overwritten.ts';

/** A scenario that was asked for and left the lab as it was. */
export interface Unchanged {
  readonly id: string;
  /**
   * `stands`: broken before, and so still. `changed since`: broken before, and not as it was then. `was so`: what it would
   * change is so already.
   */
  readonly because: 'stands' | 'changed since' | 'was so';
}

/** What came of breaking the lab. */
export interface Breakage {
  readonly overwritten: readonly Overwritten[];
  readonly unchanged: readonly Unchanged[];
  /** What the inventory of the lab says otherwise now, by the scenario that changed it. */
  readonly inventoryChanges: readonly { readonly id: string; readonly says: readonly string[] }[];
}
