import type { PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import { listenersOn, storesOn } from '#products/index.ts';
import type { KeptIn } from '#products/product.ts';
import type { Group, PlanningFacts } from '../define-remediation.ts';

/** An identity of a Windows machine that something was found about; null where its store holds none. */
export interface WindowsIdentity {
  readonly unit: string;
  readonly identity: Sha256 | null;
}

/** Those of one sort of store, in the order of the product. A port is about what it presents; a store, about the identities it lacks. */
export function windowsIdentities(
  machine: Machine,
  findings: readonly PresentFinding[],
  by: KeptIn['by'],
  facts: PlanningFacts,
): readonly WindowsIdentity[] {
  const units = new Set(findings.flatMap((finding) => unitsOf(machine, finding, facts)));
  return storesOn(machine)
    .filter(({ identity, keptIn }) => keptIn?.by === by && units.has(identity))
    .map(({ identity }) => ({ unit: identity, identity: facts.identity(machine.id, identity) }));
}

/** Those of the findings that are about one identity. */
export function aboutUnit({ machine, findings }: Group, unit: string, facts: PlanningFacts): readonly PresentFinding[] {
  return findings.filter((finding) => unitsOf(machine, finding, facts).includes(unit));
}

function unitsOf(machine: Machine, { subject, verdict }: PresentFinding, facts: PlanningFacts): string[] {
  if (subject.scope === 'endpoint') {
    const presents = listenersOn(machine).find(({ port }) => port === subject.port)?.presents;
    return presents == null ? [] : [presents];
  }
  if (subject.scope !== 'store') return [];
  const stores = storesOn(machine);
  const named = stores.find(({ identity }) => identity === subject.store);
  if (named !== undefined) return [named.identity];
  const unit = verdict.certificate === undefined ? null : facts.unitOf(machine.id, verdict.certificate);
  if (unit !== null) return [unit];
  const lacking = stores.filter(
    ({ identity, trust }) => trust === subject.store && facts.identity(machine.id, identity) === null,
  );
  return lacking.map(({ identity }) => identity);
}
