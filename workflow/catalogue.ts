import type { InventorySnapshot } from '#model/inventory.ts';
import type { Asked, CatalogueEntry } from '#model/run.ts';
import type { Fault } from '#faults/define-fault.ts';
import { isFor } from '#remediations/define-remediation.ts';
import { remediations } from '#remediations/index.ts';

/** What a run keeps of the faults it asked about, with the remediations that clear them on machines of the inventory, where there is one to plan with. */
export function catalogueOf(
  faults: readonly Fault[],
  { file, machines }: Pick<InventorySnapshot, 'file' | 'machines'>,
  { kinds }: Pick<Asked, 'kinds'>,
): CatalogueEntry[] {
  // What is wrong with a file is put right before it reaches a machine.
  const canPlan = file !== null && !kinds.includes('certificate-file');
  // Targets named one by one can be looked at, but nobody knows how to get onto them.
  const able = canPlan
    ? remediations.filter((remediation) => machines.some((machine) => isFor(remediation, machine)))
    : [];
  return faults.map(({ id, category, title, titleAbsent, symptom, cause, advice, severity, sources }) => ({
    id,
    category,
    title,
    titleAbsent,
    symptom,
    cause,
    advice,
    severity,
    sources: [...sources],
    remediations: able.filter(({ fixes }) => fixes.some((fixed) => fixed === id)).map((remediation) => remediation.id),
  }));
}
