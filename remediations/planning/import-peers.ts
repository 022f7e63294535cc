import type { PresentFinding, Subject } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/step.ts';
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
  const clears: LinkFinding[] = [];
  const left = new Map<PresentFinding, string>();
  for (const finding of findings.filter(isOfLink).filter(({ subject }) => isMeant(subject.store))) {
    const imports = importsFor(finding, machine, facts);
    if ('declined' in imports) left.set(finding, imports.declined);
    else {
      clears.push(finding);
      steps.push(...imports.filter((step) => !steps.some((other) => JSON.stringify(other) === JSON.stringify(step))));
    }
  }
  const [declined] = left.values();
  if (steps.length === 0) return declined === undefined ? null : { declined, left };
  const stores = new Set(clears.map(({ subject }) => subject.store));
  return {
    title: `Have ${machine.id} trust ${namesOf([...new Set(clears.map(({ subject }) => subject.presenter))])}`,
    steps: [...steps, ...afterTrustChange(machine, [...stores], facts)],
    clears,
    left,
    replaces: [],
    keeps: [],
    irreversible: [],
  };
}

type LinkFinding = PresentFinding & { readonly subject: Extract<Subject, { scope: 'trust-relation' }> };

function isOfLink(finding: PresentFinding): finding is LinkFinding {
  return finding.subject.scope === 'trust-relation';
}

/** What one link needs in the store; never nothing. */
function importsFor(
  { subject, verdict }: LinkFinding,
  machine: Machine,
  facts: PlanningFacts,
): readonly Step[] | Declined {
  const presenter = facts.machine(subject.presenter);
  const seen =
    'port' in subject ? facts.presented(presenter.id, subject.port) : facts.identity(presenter.id, subject.identity);
  const handed = handedBy(presenter, verdict.certificate ?? seen, facts);
  if ('declined' in handed) return handed;
  const imports = importSteps(machine, subject.store, handed, facts);
  if ('declined' in imports || imports.length > 0) return imports;
  return {
    declined: `${subject.store} of ${machine.id} holds the chain of ${presenter.id} already: what is wrong lies in the certificates`,
  };
}

/** A title names the first few. */
function namesOf(names: readonly string[]): string {
  const few = names.length > 4 ? [...names.slice(0, 3), `${String(names.length - 3)} others`] : names;
  return few.length < 2 ? few.join('') : `${few.slice(0, -1).join(', ')} and ${few.at(-1) ?? ''}`;
}
