import type { LabDigest } from './digest.ts';
import { factsOf } from './facts.ts';

/** What a scenario made of the world: facts that came, and facts that went. */
export interface Effect {
  readonly id: string;
  readonly came: ReadonlySet<string>;
  readonly went: ReadonlySet<string>;
}

/** A scenario of which something was changed anew, and by which. */
export interface Overwritten {
  readonly id: string;
  readonly by: string;
  /** Where, in words: machine and what of it. */
  readonly at: readonly string[];
  /** Whether nothing of it is left. */
  readonly isGone: boolean;
}

/** What a scenario changed between two looks at the world. */
export function effectOf(id: string, before: LabDigest, after: LabDigest): Effect {
  const [then, now] = [factsOf(before), factsOf(after)];
  return { id, came: without(now, then), went: without(then, now) };
}

/** Whether all that a scenario changed is still as it left it. */
export function stands({ came, went }: Effect, now: LabDigest): boolean {
  const facts = factsOf(now);
  return [...came].every((fact) => facts.has(fact)) && [...went].every((fact) => !facts.has(fact));
}

/** What the last of these scenarios took away of those before it. */
export function overwrittenBy(effects: readonly Effect[], now: LabDigest): Overwritten[] {
  const last = effects.at(-1);
  const facts = factsOf(now);
  return effects.slice(0, -1).flatMap(({ id, came, went }) => {
    // Only what the last one did counts: others were told of when they were broken.
    const lost = [
      ...[...came].filter((fact) => last?.went.has(fact)),
      ...[...went].filter((fact) => last?.came.has(fact)),
    ];
    if (last === undefined || lost.length === 0) return [];
    // What went may be back, or something else in its place.
    const isGone =
      came.size === 0 ? [...went].every((fact) => facts.has(fact)) : [...came].every((fact) => !facts.has(fact));
    return [{ id, by: last.id, at: [...new Set(lost.map(placeOf))], isGone }];
  });
}

function without(facts: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...facts].filter((fact) => !others.has(fact)));
}

/** `uccx1 ports`. */
function placeOf(fact: string): string {
  const [first = '', second = '', third = ''] = fact.split('/');
  return first === 'machines' ? `${second} ${third}` : `${first} ${second}`;
}
