import { messageOf, UsageError } from '#model/errors.ts';
import type { Breakage, Unchanged } from './breakage.ts';
import { inventoryChange } from './inventory-change.ts';
import type { Lab } from './lab.ts';
import { effectOf, overwrittenBy, stands, type Effect, type Overwritten } from './overwritten.ts';
import type { Scenario } from './scenario.ts';

/** Breaks a lab scenario by scenario, and knows what each has made of it. */
export class Breaking {
  readonly #lab: Lab;
  #effects: Effect[] = [];

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Throws `UsageError` where one of them cannot be broken now. */
  async by(wanted: readonly Scenario[]): Promise<Breakage> {
    const overwritten: Overwritten[] = [];
    const unchanged: Unchanged[] = [];
    const inventoryChanges: { id: string; says: readonly string[] }[] = [];
    for (const scenario of wanted) {
      const { id } = scenario;
      // What is broken already stays as it is: twice the same change is not what the scenario tells of.
      if (this.#lab.broken.includes(id)) {
        unchanged.push({ id, because: this.#stands(id) ? 'stands' : 'changed since' });
        continue;
      }
      const before = this.#lab.digest;
      const inventory = this.#lab.inventory;
      await breakBy(scenario, this.#lab);
      if (!this.#lab.broken.includes(id)) {
        unchanged.push({ id, because: 'was so' });
        continue;
      }
      this.#effects.push(effectOf(id, before, this.#lab.digest));
      overwritten.push(...overwrittenBy(this.#effects, this.#lab.digest));
      const says = inventoryChange(inventory, this.#lab.inventory);
      if (says.length > 0) inventoryChanges.push({ id, says });
    }
    return { overwritten, unchanged, inventoryChanges };
  }

  /** The lab is healed: nothing is broken any more. */
  forget(): void {
    this.#effects = [];
  }

  #stands(id: string): boolean {
    return this.#effects.some((effect) => effect.id === id && stands(effect, this.#lab.digest));
  }
}

/** Throws `UsageError` where what is broken already took away what the scenario changes. */
async function breakBy(scenario: Scenario, lab: Lab): Promise<void> {
  try {
    await lab.apply(scenario);
  } catch (error) {
    if (error instanceof UsageError || lab.broken.length === 0) throw error;
    throw new UsageError(
      {
        seen: `${scenario.id} cannot be broken now: ${messageOf(error)}.`,
        matters: `Broken already: ${lab.broken.join(', ')}. Nothing else was changed.`,
        todo: `Mend that first (uccert lab heal), then: uccert lab break ${scenario.id}`,
      },
      { cause: error },
    );
  }
}
