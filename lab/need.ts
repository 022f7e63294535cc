import { UsageError } from '#model/errors.ts';
import type { LabDeployment } from './deployments.ts';
import type { World } from './world.ts';

/** What a change to the lab needs. */
export interface Need {
  readonly id: string;
  /** The lab it needs: certificates signed by the lab's CA, or as installed. */
  readonly needs: 'signed' | 'self-signed' | 'any';
  /** The deployment it is about; UCCX unless said. */
  readonly deployment?: LabDeployment;
}

/** The command that brings up the lab that a change needs. */
export function labCommandFor({ deployment = 'UCCX', needs }: Pick<Need, 'deployment' | 'needs'>): string {
  const which = deployment === 'UCCX' ? '' : ` --deployment ${deployment.toLowerCase()}`;
  return `uccert lab up${which}${needs === 'signed' ? ' --signed' : ''}`;
}

/** Throws `UsageError` where the lab is not the one that a change needs. */
export function mustSuit(need: Need, lab: Pick<World, 'deployment' | 'isSigned'>): void {
  const { id, needs, deployment = 'UCCX' } = need;
  const todo = `Start it anew: uccert lab down, then ${labCommandFor(need)}.`;
  if (deployment !== lab.deployment) {
    throw new UsageError({
      seen: `The scenario ${id} is about a ${deployment} lab; this one is ${lab.deployment}.`,
      matters: 'The machines that it changes are not here.',
      todo,
    });
  }
  const kind = lab.isSigned ? 'signed' : 'self-signed';
  if (needs !== 'any' && needs !== kind) {
    throw new UsageError({
      seen: `The scenario ${id} needs a ${needs} lab; this one is ${kind}.`,
      matters: 'In the other kind of lab the same change would show other faults.',
      todo,
    });
  }
}

/** What the lab has, or `UsageError` where it was started without. */
export function orRefuse<T>(part: T | null, refusal: () => UsageError): T {
  if (part === null) throw refusal();
  return part;
}

export function withoutAuthority(): UsageError {
  return new UsageError({
    seen: 'This lab has no CA.',
    matters: 'Its machines have self-signed certificates, as installed.',
    todo: 'Start one that has: uccert lab down, then uccert lab up --signed.',
  });
}

export function withoutWindowsCa(): UsageError {
  return new UsageError({
    seen: 'This lab has no Windows CA.',
    matters: 'Nobody answers at /certsrv.',
    todo: 'Start one that has: uccert lab down, then uccert lab up --windows-ca usual.',
  });
}
