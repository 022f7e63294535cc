import type { InventorySnapshot } from '#model/inventory.ts';
import type { Asked, CatalogueEntry } from '#model/run.ts';
import type { Fault } from '#faults/define-fault.ts';
import { remediations } from '#remediations/index.ts';

/** What a run keeps of the faults it asked about, with the remediations that clear them on machines of the inventory, where there is one to plan with. */
export function catalogueOf(
  faults: readonly Fault[],
  { file, machines }: Pick<InventorySnapshot, 'file' | 'machines'>,
  { kinds }: Pick<Asked, 'kinds'>,
): CatalogueEntry[] {
  // What is wrong with a file is put right before it reaches a machine.
  const canPlan = file !== null && kinds.some((kind) => kind !== 'certificate-file');
  const types = new Set<string>(machines.map(({ type }) => type));
  const able = canPlan ? remediations.filter(({ on }) => on.some((type) => types.has(type))) : [];
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
    // Targets named one by one can be looked at, but nobody knows how to get onto them.
    remediations: able.filter(({ fixes }) => fixes.some((fixed) => fixed === id)).map((remediation) => remediation.id),
  }));
}
