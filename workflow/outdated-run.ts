import { Refusal } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import type { Inventory } from '#inventory/load.ts';
import { differenceOf, factsOf, shared } from './basis-difference.ts';
import { basisOf } from './basis.ts';
import { namedBy } from './certificate-names.ts';
import type { WireEvidence } from './scan.ts';

/**
 * Throws `Refusal` where stores are not as the run saw them: its findings are of then, and a plan would mix them with what is there now.
 * What could not be read, then or now, has not moved.
 */
export function refuseOutdated(
  run: Pick<Run, 'id' | 'finishedAt' | 'observations' | 'certificates'>,
  stores: WireEvidence,
  machines: ReadonlySet<MachineId>,
  { snapshot }: Pick<Inventory, 'snapshot'>,
): void {
  const factsIn = (observations: readonly Observation[]): ReturnType<typeof factsOf> =>
    factsOf(basisOf(observations, machines, { ...snapshot, clients: [] }));
  const then = factsIn(run.observations.filter(({ place }) => place.at === 'store'));
  const known = shared(then, factsIn(stores.observations));
  const moved = differenceOf(known.then, known.today, namedBy(run.certificates, stores.certificates));
  if (moved.length === 0) return;
  throw new Refusal({
    seen: `The run ${run.id} tells how things stood at ${run.finishedAt}. Since then this has changed:\n${moved.map((line) => `  ${line}`).join('\n')}`,
    matters: 'What it found may be put right already, or be another fault by now.',
    todo: 'Take a new run and plan from that: uccert trust, then uccert plan.',
  });
}
