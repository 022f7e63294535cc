import { subjectTitle } from '#model/subject.ts';
import type { Machine } from '#model/inventory.ts';
import { neededSteps } from '#model/needed-steps.ts';
import type { Plan } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import type { Runbook } from '#model/runbook.ts';
import type { Inventory } from '#inventory/load.ts';
import { productOf } from '#products/index.ts';
import { clearAway } from '#remediations/runbook/clear-away.ts';
import { lintCommand } from '#remediations/runbook/lint.ts';
import { nameOf, type RunbookFacts } from '#remediations/runbook/lines.ts';
import { runbookStep } from '#remediations/runbook/step.ts';
import { toldBy } from './basis-difference.ts';
import { leftOver } from './not-covered.ts';
import { outagesOf } from './outages.ts';
import { printedOnce } from './printed-once.ts';
import { repliesWanted, stepsInOrder } from './requests-first.ts';
import { beforeFirstStep, beforeStep } from './runbook-checks.ts';
import { restartsOfKeyStore, takenUpBy } from './taken-up-later.ts';

/** The plan as a document for people: every command and value filled in for these machines. */
export function makeRunbook(plan: Plan, inventory: Inventory): Runbook {
  const nameless = new Set(
    plan.changes
      .flatMap(({ steps }) => steps)
      .flatMap((step) =>
        step.via === 'vos' && step.do === 'generate-request' && step.parentDomain === 'empty'
          ? [`${step.on} ${step.unit}`]
          : [],
      ),
  );
  const facts: RunbookFacts = {
    plan,
    machine: (id) => {
      const found = inventory.snapshot.machines.find((machine) => machine.id === id);
      if (found === undefined) throw new RangeError(`the inventory lacks ${id}`);
      return found;
    },
    isNameless: (id, unit) => nameless.has(`${id} ${unit}`),
    restartsOf: (copied) => restartsOfKeyStore(plan.changes, copied, machineOf),
  };
  const machineOf = (step: Step): Machine | null => {
    const id = machineOfStep(step);
    return id === null ? null : facts.machine(id);
  };
  const changes = plan.changes.map((change, at) => ({
    title: change.title,
    clears: change.targets,
    keeps: change.keeps,
    irreversible: change.irreversible,
    brings: change.brings ?? [],
    needs: neededSteps(change, plan.changes).map(({ change: of, step, title }) => ({
      number: `${String(of)}.${String(step)}`,
      title,
    })),
    steps: change.steps.map((step, place) =>
      runbookStep(step, facts, {
        before: beforeStep(step, plan, inventory, facts),
        takenUpBy: takenUpBy(plan.changes, { change: at, step: place }, machineOf),
      }),
    ),
  }));
  const after = clearAway(
    plan.changes.flatMap(({ steps }) => steps),
    facts,
  );
  const ofSteps = changes.flatMap(({ steps }) =>
    steps.flatMap(({ ways, back }) => [...ways.flatMap(({ lines }) => lines), ...back]),
  );
  for (const line of [...ofSteps, ...after]) {
    const [mistake] = line.kind === 'command' ? lintCommand(line.text) : [];
    if (mistake !== undefined && line.kind === 'command') throw new TypeError(`${mistake} in the command ${line.text}`);
  }
  return {
    plan: plan.id,
    digest: plan.digest,
    madeAt: plan.madeAt,
    machines: machinesOf(plan, facts),
    before: [...requestsAhead(plan), ...beforeFirstStep(plan, inventory, facts)],
    stops: outagesOf(plan.changes),
    changes: printedOnce(changes),
    after,
    notCovered: leftOver(plan.notCovered).map(
      ({ fault, subjects, because, todo }) =>
        `${fault} at ${subjects.map(subjectTitle).join(', ')}: ${because}. By hand: ${todo}`,
    ),
    basis: toldBy(plan.basis),
  };
}

/** Those that a step is carried out on, in the order of the steps. */
function machinesOf({ changes }: Plan, facts: RunbookFacts): Runbook['machines'] {
  const ids = changes.flatMap(({ steps }) => steps.flatMap((step) => machineOfStep(step) ?? []));
  return [...new Set(ids)].map((id) => {
    const { type, release } = facts.machine(id);
    return { id, name: nameOf(id, facts), is: `${productOf(type).title}${release === null ? '' : `, ${release}`}` };
  });
}

/** Which steps are done before the window: people take days to answer, and none of what they are asked stops anything. */
function requestsAhead(plan: Plan): string[] {
  const wanted = repliesWanted(plan).length;
  if (wanted < 2) return [];
  const ahead = stepsInOrder(plan).findIndex(
    ({ step }) => step.do !== 'generate-request' && step.do !== 'generate-key-pair',
  );
  const numbers = stepsInOrder(plan)
    .slice(0, ahead)
    .map(({ at }) => `${String(at.change + 1)}.${String(at.step + 1)}`);
  if (numbers.length === 0) return [];
  return [
    `Days before, the ${String(wanted)} requests are made and handed in together: steps ${numbers.join(', ')}. Nothing that anybody reads or is presented is another by that; leave them out when their turn comes.`,
  ];
}
