import type { ProbeFailure } from '#model/observation.ts';
import type { Person } from '#inventory/load.ts';

/** What is found out about an account: another test of this run may have it, its password be wrong, somebody may work with it. */
export type Availability = 'free' | 'of another test' | 'refused' | { readonly state: string };

/** One account for each that is wanted; or why there is none, and whether one will be free once another test has ended. */
export type Choice =
  | { readonly chosen: readonly Person[] }
  | {
      readonly failure: Extract<ProbeFailure, { reason: 'account-in-use' | 'not-authorised' }>;
      readonly isWorthWaiting: boolean;
    };

/**
 * The first free account for each of `wanted`, in the order of the inventory. All or none: a test that kept one while it
 * waited for another could wait for a test that waits for it.
 */
export async function chooseFree(
  wanted: readonly (readonly Person[])[],
  look: (person: Person) => Promise<Availability>,
  leave: (person: Person) => void,
): Promise<Choice> {
  const chosen: Person[] = [];
  for (const candidates of wanted) {
    const inUse: { as: string; state: string }[] = [];
    let refused: Person | null = null;
    let isWorthWaiting = false;
    let found: Person | null = null;
    for (const person of candidates.filter((each) => !chosen.includes(each))) {
      const availability = await look(person);
      if (availability === 'free') {
        found = person;
        break;
      }
      if (availability === 'refused') {
        refused ??= person;
        continue;
      }
      if (availability === 'of another test') isWorthWaiting = true;
      inUse.push({
        as: person.user,
        state: availability === 'of another test' ? 'for another page of this run' : availability.state,
      });
    }
    if (found === null) {
      for (const person of chosen) leave(person);
      if (inUse.length === 0 && refused !== null)
        return { failure: { reason: 'not-authorised', as: refused.user }, isWorthWaiting };
      return { failure: failureOf(inUse), isWorthWaiting };
    }
    chosen.push(found);
  }
  return { chosen };
}

function failureOf([first, ...also]: readonly { as: string; state: string }[]): Extract<
  ProbeFailure,
  { reason: 'account-in-use' }
> {
  return { reason: 'account-in-use', as: '', state: '', ...first, ...(also.length === 0 ? {} : { also }) };
}
