import type { Diagnosis, Suspect } from '#model/diagnosis.ts';
import type { Finding, Subject } from '#model/finding.ts';
import type { InventorySnapshot } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import type { Lead } from '#faults/complaints.ts';
import type { Judges } from '#faults/define-fault.ts';
import { faultOf } from '#faults/index.ts';
import { suspectsOf } from '#faults/symptoms.ts';
import type { Inventory } from '#inventory/load.ts';
import { productOf } from '#products/index.ts';
import type { Progress } from './scan.ts';
import { trust } from './trust.ts';

/** A finding of a suspected fault, but not where the complaint has it. */
const elsewhere = 0.5;

/** What a deep look alone decides. */
const onlyDeep: readonly Judges[] = ['variants', 'clock'];

const askedBy: Partial<Record<Judges, string>> = {
  file: 'uccert check FILE',
  page: 'uccert browse',
};

/** From what people see to the cause: looks up the words, asks what decides, and says how well each finding explains them. */
export async function troubleshoot(
  inventory: Inventory,
  symptom: string,
  request: { readonly command: readonly string[]; readonly judgeAt: Date | null },
  progress?: Progress,
): Promise<{ readonly run: Run; readonly diagnosis: Diagnosis }> {
  const { complaint, suspects } = suspectsOf(symptom);
  const deep = suspects.some(({ fault }) => onlyDeep.includes(faultOf(fault)?.judges ?? 'connection'));
  const run = await trust(inventory, { ...request, deep }, progress);
  const asked = new Set(run.asked.faults);
  return {
    run,
    diagnosis: {
      symptom,
      complaint: complaint?.title ?? null,
      suspects: suspects.flatMap(({ fault: id, weight }): Suspect[] => {
        const fault = faultOf(id);
        if (fault === undefined) return [];
        const { titleAbsent, judges } = fault;
        return [{ fault: id, titleAbsent, weight, askedBy: asked.has(id) ? null : (askedBy[judges] ?? null) }];
      }),
      relevanceOf: (finding) => {
        const suspect = suspects.find(({ fault }) => fault === finding.fault);
        if (suspect === undefined) return 0;
        const { leads, weight } = suspect;
        const isThere = leads.length === 0 || leads.some((lead) => isAt(finding, lead, inventory.snapshot));
        return isThere ? weight : weight * elsewhere;
      },
    },
  };
}

/** Whether a finding is where a lead has it: at one of its ports, and about a machine of one of its products. */
function isAt({ subject }: Finding, { ports, products }: Lead, { machines }: InventorySnapshot): boolean {
  if (ports !== undefined && subject.scope === 'endpoint' && !ports.includes(subject.port)) return false;
  if (products === undefined) return true;
  const presenter = presenterOf(subject);
  const machine = machines.find(({ id }) => id === presenter);
  return machine !== undefined && products.includes(productOf(machine.type).id);
}

/** The machine whose certificate a finding is about. */
function presenterOf(subject: Subject): MachineId | null {
  if (subject.scope === 'trust-relation') return subject.presenter;
  return subject.scope === 'file' ? null : subject.machine;
}
