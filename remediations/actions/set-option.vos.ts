import * as z from 'zod';
import type { StepOf } from '#model/step.ts';
import { changeOption, rebootsWith, shownOption } from '#transports/vos-options.ts';
import type { Action, Reach } from './action.ts';
import { untilBack } from './until-back.ts';

type SetOption = StepOf<'vos', 'set-option'>;
const before = z.strictObject({ value: z.string() });

async function set({ on, option }: SetOption, value: string, reach: Reach): Promise<void> {
  await reach.onVos(on, (cli) => changeOption(cli, option, value));
  if (rebootsWith(option)) await untilBack(on, reach);
}

function shown({ on, option }: SetOption, reach: Reach): Promise<string> {
  return reach.onVos(on, (cli) => shownOption(cli, option));
}

export const setOption: Action<SetOption, z.infer<typeof before>> = {
  before,
  read: async (step, reach) => ({ value: await shown(step, reach) }),
  // A later least version than the one that is wanted does as well.
  isDone: (step, { value }) => value === step.value || Number(value) > Number(step.value),
  apply: (step, _before, reach) => set(step, step.value, reach),
  undo: {
    words: ({ option }, { value }) =>
      `set ${option} ${value} again${rebootsWith(option) ? ', and wait for its reboot' : ''}`,
    async carryOut(step, { value }, reach) {
      if ((await shown(step, reach)) !== value) await set(step, value, reach);
    },
  },
};
