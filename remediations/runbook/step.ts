import type { Step } from '#model/step.ts';
import type { RunbookStep } from '#model/runbook.ts';
import { stepTitle } from '#model/step-title.ts';
import type { RunbookFacts, StepBody } from './lines.ts';
import { javaStep } from './java-steps.ts';
import { localStep } from './local-steps.ts';
import { operatorStep } from './operator-steps.ts';
import { vosStep } from './vos-steps.ts';
import { windowsStep } from './windows-steps.ts';

/** What only the whole plan tells of a step. */
type AmongSteps = Pick<RunbookStep, 'before' | 'takenUpBy'>;

/** A step of a plan as a person does it: every command, answer and value for this machine. The commands are those that uccert sends. */
export function runbookStep(
  step: Step,
  facts: RunbookFacts,
  among: AmongSteps = { before: [], takenUpBy: [] },
): RunbookStep {
  return { title: stepTitle(step), outage: 'outage' in step ? step.outage : null, ...among, ...bodyOf(step, facts) };
}

function bodyOf(step: Step, facts: RunbookFacts): StepBody {
  switch (step.via) {
    case 'vos':
      return vosStep(step, facts);
    case 'java':
      return javaStep(step, facts);
    case 'windows':
      return windowsStep(step, facts);
    case 'here':
      return localStep(step, facts);
    case 'operator':
      return operatorStep(step, facts);
  }
}
