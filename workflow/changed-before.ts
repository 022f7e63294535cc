import type { Step } from '#model/step.ts';

/** Whether an earlier step of a plan changes what this one carries or waits for: what is read now says nothing of it then. */
export function isChangedBefore(step: Step, earlier: readonly Step[]): boolean {
  const identity = identityOf(step);
  return identity !== null && earlier.some((each) => isSame(identity, changedBy(each)));
}

interface Identity {
  readonly machine: string;
  readonly unit: string;
}

/** The identity that a step hands on, or waits for. */
function identityOf(step: Step): Identity | null {
  if (step.do === 'wait-for') return { machine: step.on, unit: step.unit };
  return 'certificate' in step && step.certificate.from !== 'plan' ? step.certificate : null;
}

/** The identity that is another after a step. */
export function changedBy(step: Step): Identity | null {
  switch (step.do) {
    case 'regenerate-certificate':
    case 'bind-certificate':
      return { machine: step.on, unit: step.unit };
    case 'generate-key-pair':
    case 'import-key-pair':
    case 'rename-alias':
    case 'import-reply':
      // What is made apart is nobody's identity until it is taken over.
      if (step.via === 'java' && step.keyStore.apart === true) return null;
      return { machine: step.on, unit: step.via === 'java' ? step.alias : step.unit };
    default:
      return null;
  }
}

function isSame({ machine, unit }: Identity, other: Identity | null): boolean {
  return other?.machine === machine && other.unit.toLowerCase() === unit.toLowerCase();
}
