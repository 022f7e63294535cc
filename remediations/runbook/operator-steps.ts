import { instructionFor } from '#model/operator-instruction.ts';
import type { StepOf } from '#model/step.ts';
import { click, commandLine, nameOf, type RunbookFacts, type StepBody } from './lines.ts';

/** Steps that a person does in every case. */
export function operatorStep({ on, asks }: StepOf<'operator'>, facts: RunbookFacts): StepBody {
  const { lines, sign, back } = instructionFor(asks);
  const isOnMachine = asks.for === 'domain';
  return {
    where: isOnMachine ? nameOf(on, facts) : asks.console,
    ways: [
      {
        by: isOnMachine ? commandLine : 'the pages of the Operations Console',
        lines: [...lines],
      },
    ],
    check: [`${sign.charAt(0).toUpperCase()}${sign.slice(1)}.`],
    back: [click(`${back.charAt(0).toUpperCase()}${back.slice(1)}.`)],
  };
}
