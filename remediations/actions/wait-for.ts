import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import type { StepOf } from '#model/step.ts';
import type { Sha256 } from '#model/names.ts';
import type { Action, Reach } from './action.ts';

type Wait = StepOf<'vos' | 'windows', 'wait-for'>;
const before = z.strictObject({});

const ecdsa = '-ECDSA';

/** Milliseconds between two looks, growing to the last. */
const pauses = [100, 200, 400, 800, 1600, 3200, 5000] as const;

export const waitFor: Action<Wait, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  isDone: () => false,
  async apply(step, _before, reach) {
    const identity = sha256(await reach.certificate({ from: 'identity-store', machine: step.on, unit: step.unit }));
    const left = reach.leftAs(step.on, step.unit);
    if (left !== null && left !== identity) throw new Error(notAsLeft(step, left, identity));
    await untilPresented(step, [identity], reach);
  },
  // What was taken back may be which of its two identities the machine presents: either is its own.
  async again(step, reach) {
    if ('opens' in step && step.opens === true) return;
    const own: Sha256[] = [];
    for (const unit of [step.unit, otherOf(step.unit)]) {
      const identity = await reach
        .certificate({ from: 'identity-store', machine: step.on, unit })
        .catch((error: unknown) => {
          // Without a second identity there is one fewer to be content with.
          if (unit !== step.unit) return null;
          throw error;
        });
      if (identity !== null) own.push(sha256(identity));
    }
    await untilPresented(step, own, reach);
  },
  undo: 'apply-again',
};

/** That ports present what somebody else put there since would prove nothing. */
function notAsLeft({ on, unit }: Wait, left: Sha256, identity: Sha256): string {
  return `${on} holds another ${unit} certificate than this plan left: then ${left.slice(0, 16)}, now ${identity.slice(0, 16)}`;
}

function otherOf(unit: string): string {
  return unit.endsWith(ecdsa) ? unit.slice(0, -ecdsa.length) : `${unit}${ecdsa}`;
}

async function untilPresented(step: Wait, identities: readonly Sha256[], reach: Reach): Promise<void> {
  let waited = 0;
  for (let look = 0; ; look += 1) {
    const silent: number[] = [];
    const others: number[] = [];
    for (const port of step.ports) {
      const seen = await reach.presented(step.on, port);
      if (seen === null) silent.push(port);
      else if (!identities.includes(seen)) others.push(port);
    }
    if (silent.length + others.length === 0) return;
    if (waited >= step.atMost * 1000) throw tooLate(step, silent, others);
    const pause = pauses[Math.min(look, pauses.length - 1)] ?? 5000;
    await reach.pause(pause);
    waited += pause;
  }
}

/** A port that did not come up, and one with another certificate, are put right in different places. */
function tooLate({ on, atMost }: Wait, silent: readonly number[], others: readonly number[]): Error {
  const placesOf = (ports: readonly number[]): string =>
    `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')} of ${on}`;
  const seen = [
    ...(silent.length === 0 ? [] : [`nothing is presented at ${placesOf(silent)}`]),
    ...(others.length === 0 ? [] : [`another certificate than that of the store is presented at ${placesOf(others)}`]),
  ];
  return new Error(`${String(atMost)} s after the restart ${seen.join(', and ')}`);
}
