import * as z from 'zod';
import { Refusal } from '#model/errors.ts';
import { instructionFor } from '#model/operator-instruction.ts';
import type { StepOf } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { networkDomain } from '#transports/vos-certificates.ts';
import type { Action, Reach } from './action.ts';

type Ask = StepOf<'operator', 'ask-operator'>;
/** Whether the sign was there before anybody was asked: then nobody has anything to take back. */
const before = z.strictObject({ isThere: z.boolean() });

async function isThere({ on, asks }: Ask, reach: Reach): Promise<boolean> {
  const seen = asks.for === 'domain' ? await reach.onVos(on, networkDomain) : reach.oampName(on);
  const wanted = asks.for === 'domain' ? asks.domain : asks.name;
  return seen?.toLowerCase() === wanted.toLowerCase();
}

/** The plan stops here until the sign is there; what a person did, only a person takes back. */
export const askOperator: Action<Ask, z.infer<typeof before>> = {
  before,
  read: async (step, reach) => ({ isThere: await isThere(step, reach) }),
  isDone: (_step, state) => state.isThere,
  apply({ on, asks }, _before, { planId }) {
    const { title, lines, sign } = instructionFor(asks);
    throw new Refusal({
      seen: `The plan waits until a person ${title} on ${on}:\n${lines.map((line) => `  ${inWords(line)}`).join('\n')}`,
      matters: `No program does this one. It counts as done when ${sign}.`,
      todo: `Then: uccert resume ${planId}    Take back: uccert roll-back ${planId}`,
    });
  },
  undo: {
    words: ({ asks }) => `look whether a person did it; who did takes it back: ${instructionFor(asks).back}`,
    async carryOut(step, state, reach) {
      if (state.isThere || !(await isThere(step, reach))) return;
      throw new Error(`a person did this, and a person takes it back: ${instructionFor(step.asks).back}`);
    },
  },
};

function inWords(line: RunbookLine): string {
  return line.kind === 'answer' ? `${line.to}: ${line.text}` : line.text;
}
