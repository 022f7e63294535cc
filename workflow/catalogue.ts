import type { CatalogueEntry } from '#model/run.ts';
import type { Fault } from '#faults/define-fault.ts';
import { remediations } from '#remediations/index.ts';

/** What a run keeps of the faults it asked about, with the remediations that clear them. */
export function catalogueOf(faults: readonly Fault[]): CatalogueEntry[] {
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
    remediations: remediations
      .filter((remediation) => remediation.fixes.some((fixed) => fixed === id))
      .map((remediation) => remediation.id),
  }));
}
