import {
  findingKey,
  type Finding,
  type Missing,
  type PresentFinding,
  type Subject,
  type Verdict,
} from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { SignInRefused } from './behind-page.ts';
import { inconclusive, type Evidence, type Fault } from './define-fault.ts';
import { causeOfPage, causeOfRefusedSignIn } from './page-causes.ts';
import type { Scene } from './scene.ts';

type JudgesPages = Extract<Fault, { judges: 'page' }>;

/** Judges every page, and puts it down to what was found of the ports and stores behind it. */
export function judgePages(
  fault: JudgesPages,
  scene: Scene,
  found: readonly PresentFinding[],
  finding: (subject: Subject, machine: Machine, decide: () => Verdict) => Finding,
): Finding[] {
  const behind = scene.behindPages;
  return scene.pages().map(({ machine, listener, subject, page, closed }) => {
    const decide = (met: Evidence['page']['page'], cause: PresentFinding | null): Verdict => {
      const verdict = fault.detect({ machine, listener, page: met, ...behind }, scene.context);
      const isPutDown = cause !== null && verdict.status === 'present';
      return isPutDown ? { ...verdict, symptomOf: findingKey(cause) } : verdict;
    };
    return finding(subject, machine, () => {
      const { client } = subject;
      if ('value' in page) return decide(page.value, causeOfPage({ machine, client, page: page.value }, found, behind));
      const refused = refusedSignIn(page.missing);
      const cause = causeOfRefusedSignIn(machine, found, behind);
      if (refused !== null && cause !== null) return decide(refused, cause);
      return closed ?? inconclusive(page.missing);
    });
  });
}

/** A sign-in that was refused, as a sight of its own; null where something else was in the way. */
function refusedSignIn({ failure }: Missing): SignInRefused | null {
  if (failure === 'not-probed' || failure.reason !== 'not-authorised') return null;
  return { outcome: 'sign-in-refused', as: failure.as };
}
