import type { Finding, Missing, PresentFinding, Subject, Verdict } from '#model/finding.ts';
import { findingKey } from '#model/verdict.ts';
import { subjectTitle } from '#model/subject.ts';
import type { Machine } from '#model/inventory.ts';
import { saysPasswordIsWrong, type SignInRefused } from './behind-page.ts';
import { inconclusive, type Evidence, type Fault } from './define-fault.ts';
import { causeOfNothingThere, causeOfPage, causeOfRefusedSignIn } from './page-causes.ts';
import type { Scene } from './scene.ts';

type PageSubject = Extract<Subject, { scope: 'endpoint' }>;
type JudgesPages = Extract<Fault, { judges: 'page' }>;

/** Judges every page, and puts it down to what was found of the ports and stores behind it. */
export function judgePages(
  fault: JudgesPages,
  scene: Scene,
  found: readonly PresentFinding[],
  finding: (subject: Subject, machine: Machine, decide: () => Verdict) => Finding,
): Finding[] {
  const behind = scene.behindPages;
  const pages = scene.pages();
  return pages.map(({ machine, listener, subject, page, closed }) => {
    const decide = (met: Evidence['page']['page'], cause: PresentFinding | null): Verdict => {
      const verdict = fault.detect({ machine, listener, page: met, ...behind }, scene.context);
      const isPutDown = cause !== null && verdict.status === 'present';
      return isPutDown ? { ...verdict, symptomOf: findingKey(cause) } : verdict;
    };
    return finding(subject, machine, () => {
      const { client } = subject;
      if ('value' in page) {
        const cause = causeOfPage({ machine, client, page: page.value }, found, behind);
        const accounts = cause === null ? refusedAccounts(page.value) : null;
        if (accounts === null || isShownElsewhere(subject, pages)) return decide(page.value, cause);
        const failure = { reason: 'not-authorised', as: accounts.join(', ') } as const;
        return inconclusive({ kind: 'browser-page', of: subjectTitle(subject), failure });
      }
      if (closed !== null) return closed;
      const nothing = isNothingThere(page.missing) ? causeOfNothingThere({ machine, port: subject.port }, found) : null;
      if (nothing !== null) return decide({ outcome: 'nothing-there' }, nothing);
      const refused = refusedSignIn(page.missing);
      const cause = causeOfRefusedSignIn(machine, found, behind);
      if (refused !== null && cause !== null) return decide(refused, cause);
      return inconclusive(page.missing);
    });
  });
}

/** Whom the machine refused, where its page says no more than that the password is wrong, which it may be; null where it says more. */
function refusedAccounts(page: Evidence['page']['page']): readonly string[] | null {
  if (page.outcome !== 'not-as-documented' || page.refusals !== undefined) return null;
  return saysPasswordIsWrong(page.missing) ? (page.refusedAccounts ?? null) : null;
}

/** Whether another machine shows the page, and so took one of the accounts: then it is not their passwords. */
function isShownElsewhere({ machine, page }: PageSubject, pages: ReturnType<Scene['pages']>): boolean {
  return pages.some(
    (other) =>
      other.subject.machine !== machine &&
      other.subject.page === page &&
      'value' in other.page &&
      other.page.value.outcome === 'shown',
  );
}

function isNothingThere({ failure }: Missing): boolean {
  return failure !== 'not-probed' && failure.reason === 'connection-refused';
}

/** A sign-in that was refused, as a sight of its own; null where something else was in the way. */
function refusedSignIn({ failure }: Missing): SignInRefused | null {
  if (failure === 'not-probed' || failure.reason !== 'not-authorised') return null;
  return { outcome: 'sign-in-refused', as: failure.as };
}
