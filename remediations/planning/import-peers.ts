import type { Step } from '#model/plan.ts';
import type { Declined, Draft, Group, PlanningFacts } from '../define-remediation.ts';
import { handedBy, importSteps } from './hand-out.ts';
import { afterTrustChange } from './restart-steps.ts';

/**
 * What the presenters of the links that fail are trusted by, into the stores of the machine that relies on them. `isMeant`: the trust
 * stores that the remediation is for; null where it is for none of them.
 */
export function importPeers(
  { machine, findings }: Group,
  isMeant: (store: string) => boolean,
  facts: PlanningFacts,
): Draft | Declined | null {
  const steps: Step[] = [];
  const presenters = new Set<string>();
  const links = findings.flatMap(({ subject, verdict }) =>
    subject.scope === 'trust-relation' && isMeant(subject.store) ? [{ subject, verdict }] : [],
  );
  for (const { subject, verdict } of links) {
    const presenter = facts.machine(subject.presenter);
    const seen =
      'port' in subject ? facts.presented(presenter.id, subject.port) : facts.identity(presenter.id, subject.identity);
    const handed = handedBy(presenter, verdict.certificate ?? seen, facts);
    if ('declined' in handed) return handed;
    const imports = importSteps(machine, subject.store, handed, facts);
    if ('declined' in imports) return imports;
    if (imports.length === 0) {
      return {
        declined: `${subject.store} of ${machine.id} holds the chain of ${presenter.id} already: what is wrong lies in the certificates`,
      };
    }
    presenters.add(presenter.id);
    steps.push(...imports.filter((step) => !steps.some((other) => JSON.stringify(other) === JSON.stringify(step))));
  }
  if (steps.length === 0) return null;
  return {
    title: `Have ${machine.id} trust ${namesOf([...presenters])}`,
    steps: [...steps, ...afterTrustChange(machine, [...new Set(links.map(({ subject }) => subject.store))], facts)],
    replaces: [],
    keeps: [],
    irreversible: [],
  };
}

/** A title names the first few. */
function namesOf(names: readonly string[]): string {
  const few = names.length > 4 ? [...names.slice(0, 3), `${String(names.length - 3)} others`] : names;
  return few.length < 2 ? few.join('') : `${few.slice(0, -1).join(', ')} and ${few.at(-1) ?? ''}`;
}
