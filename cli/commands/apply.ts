import type { CommandModule } from 'yargs';
import type { ApplyArguments } from '../arguments.ts';
import { withRunOptions } from '../options.ts';

const approve = {
  type: 'boolean',
  default: false,
  describe: 'Consent in advance to what the plan changes and restarts',
} as const;

const disturbAgents = {
  type: 'boolean',
  default: false,
  describe: 'Restart desktops although people are signed in at them',
} as const;

const withoutOtherSide = {
  type: 'boolean',
  default: false,
  describe: 'Restart one side of a pair although the other does not answer',
} as const;

export const applyCommand: CommandModule<object, ApplyArguments> = {
  command: 'apply <plan>',
  describe: 'Carry out a plan, verify it with the detectors that found the faults, roll back when it fails',
  builder: (yargs) =>
    withRunOptions(yargs)
      .positional('plan', { type: 'string', demandOption: true, describe: 'Plan: file, folder, id or "last"' })
      .option('inventory', {
        type: 'string',
        requiresArg: true,
        describe: 'Inventory file; the one the plan was made with unless named',
      })
      .option('approve', approve)
      .option('accept-irreversible', {
        type: 'boolean',
        default: false,
        describe: 'Consent to what cannot be taken back',
      })
      .option('disturb-agents', disturbAgents)
      .option('without-other-side', withoutOtherSide)
      .option('dry-run', { type: 'boolean', default: false, describe: 'Read everything, change nothing' })
      .option('step', { type: 'boolean', default: false, describe: 'Ask before each step' })
      .example('$0 apply last --approve --accept-irreversible', 'Without a question, for a script'),
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-apply.ts')).runApply(wanted);
  },
};

export const resumeCommand: CommandModule<object, ApplyArguments> = {
  command: 'resume <plan>',
  describe: 'Go on with a plan whose process ended half-way',
  builder: (yargs) =>
    withRunOptions(yargs)
      .positional('plan', {
        type: 'string',
        demandOption: true,
        describe: 'Id of the plan, or "last": the one begun last',
      })
      .option('approve', approve)
      .option('disturb-agents', disturbAgents)
      .option('without-other-side', withoutOtherSide)
      .option('accept-irreversible', {
        type: 'boolean',
        default: false,
        describe: 'As given to apply; what it consents to was consented to then',
      }) as never,
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-apply.ts')).runAgain(wanted, 'resume');
  },
};

export const rollBackCommand: CommandModule<object, ApplyArguments> = {
  command: 'roll-back <plan>',
  describe: 'Take back what a plan did, as far as it can be taken back',
  builder: (yargs) =>
    withRunOptions(yargs)
      .positional('plan', {
        type: 'string',
        demandOption: true,
        describe: 'Id of the plan, or "last": the one begun last',
      })
      .option('approve', approve)
      .option('disturb-agents', disturbAgents)
      .option('without-other-side', withoutOtherSide)
      .option('accept-irreversible', {
        type: 'boolean',
        default: false,
        describe: 'Take back the rest although a step has no way back',
      })
      .option('close', {
        type: 'boolean',
        default: false,
        describe: 'Take nothing back: close a plan that nobody will go on with, and leave what it did',
      }) as never,
  handler: async (wanted) => {
    process.exitCode = await (await import('../run-apply.ts')).runAgain(wanted, 'roll-back');
  },
};
