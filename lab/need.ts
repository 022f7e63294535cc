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

/** Throws `UsageError` where the lab is not the one that a change needs. */
export function mustSuit({ id, needs, deployment = 'UCCX' }: Need, lab: Pick<World, 'deployment' | 'isSigned'>): void {
  if (deployment !== lab.deployment) {
    throw new UsageError({
      seen: `The scenario ${id} is about a ${deployment} lab; this one is ${lab.deployment}.`,
      matters: 'The machines that it changes are not here.',
      todo: `Start such a lab: uccert lab down, then uccert lab up --deployment ${deployment.toLowerCase()}.`,
    });
  }
  const kind = lab.isSigned ? 'signed' : 'self-signed';
  if (needs !== 'any' && needs !== kind) {
    throw new UsageError({
      seen: `The scenario ${id} needs a ${needs} lab; this one is ${kind}.`,
      matters: 'In the other kind of lab the same change would show other faults.',
      todo: `Start it anew: uccert lab down, then uccert lab up${needs === 'signed' ? ' --signed' : ''}.`,
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
