import type { Finding } from '#model/finding.ts';
import { subjectKey } from '#model/subject.ts';
import type { MachineId } from '#model/names.ts';
import type { Target } from '#model/plan.ts';
import { faultOf } from '#faults/index.ts';
import { judge } from '#faults/judge.ts';
import type { Inventory } from '#inventory/load.ts';
import { lookAtWire } from './scan.ts';
import { lookAtStores } from './stores.ts';

/** A target, and what its detector says of it now; nothing where nobody judged it. */
export interface Judged {
  readonly target: Target;
  readonly finding: Finding | undefined;
}

/** Looks again at the machines of these targets and asks the same detectors. A target nobody judged has no finding. */
export async function judgeTargets(targets: readonly Target[], inventory: Inventory): Promise<Judged[]> {
  const ids = new Set<MachineId>();
  for (const { subject } of targets) {
    if ('machine' in subject) ids.add(subject.machine);
    if (subject.scope === 'trust-relation') ids.add(subject.relyingParty).add(subject.presenter);
  }
  const { snapshot, limits } = inventory;
  const machines = snapshot.machines.filter(({ id }) => ids.has(id));
  const faults = [...new Set(targets.map(({ fault }) => fault))].map(faultOf).filter((fault) => fault !== undefined);
  const deep = faults.some(({ judges }) => judges === 'variants');
  const [wire, stores] = await Promise.all([
    lookAtWire({ inventory: { ...snapshot, machines }, limits, deep }),
    lookAtStores(inventory, ids),
  ]);
  const findings = judge({
    faults,
    inventory: snapshot,
    certificates: { ...inventory.certificates, ...wire.certificates, ...stores.certificates },
    observations: [...wire.observations, ...stores.observations],
    judgedAt: new Date(),
  });
  return targets.map((target) => {
    const key = subjectKey(target.subject);
    const finding = findings.find(({ fault, subject }) => fault === target.fault && subjectKey(subject) === key);
    return { target, finding };
  });
}
