import { describe, expect, test } from 'vitest';
import type { Fault } from '#faults/define-fault.ts';
import { judge } from '#faults/judge.ts';
import { sha256 } from '#model/digest.ts';
import { failureWords } from '#model/failure-words.ts';
import { Finding, type Severity, type Status } from '#model/finding.ts';
import { subjectMachine } from '#model/subject.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { caseOf } from './case-of.ts';
import type { Sent } from './certificates.ts';
import type { Seen } from './seen.ts';

interface Named extends Seen {
  readonly name: string;
}

/** A case, and what the verdict must say besides its status. */
interface WithReason extends Named {
  readonly because?: string | RegExp;
}

interface PresentCase extends WithReason {
  readonly severity?: Severity;
  /** The certificate at fault. */
  readonly at?: Sent;
  /** Values of the evidence by their labels. */
  readonly evidence?: Readonly<Record<string, RegExp>>;
  /** What to do in this very case; null where the advice of the fault holds. */
  readonly advice?: RegExp | null;
  /** What people see in this very case. */
  readonly symptom?: RegExp;
  /** What is behind it. */
  readonly cause?: string;
}

interface InconclusiveCase extends Named {
  /** Why the evidence is not there. */
  readonly reason: ProbeFailure['reason'] | 'not-probed';
  /** What was not seen, why, and what to do. */
  readonly words?: RegExp;
}

type AtLeastOne<T> = readonly [T, ...T[]];

/**
 * Tests a fault by table. Each case goes through `judge`, so that scope and missing evidence count, and its first finding about
 * the machine is looked at; with several clients that is the first client's.
 */
export function testFault(
  fault: Fault,
  cases: {
    readonly present: AtLeastOne<PresentCase>;
    readonly absent: AtLeastOne<Named>;
    readonly notApplicable?: AtLeastOne<WithReason>;
    readonly inconclusive?: AtLeastOne<InconclusiveCase>;
  },
): void {
  const verdictOf = <S extends Status>(seen: Seen, status: S): Extract<Finding['verdict'], { status: S }> => {
    const input = caseOf([fault], seen);
    const finding = judge(input).find(({ subject }) => subject.scope === 'file' || subjectMachine(subject) === 'uccx1');
    expect(finding, 'no finding about the machine').toBeDefined();
    const { verdict } = Finding.parse(finding);
    expect(verdict).toMatchObject({ status });
    return verdict as Extract<Finding['verdict'], { status: S }>;
  };

  describe(fault.id, () => {
    test.each(cases.present)('present: $name', (seen) => {
      const { because, evidence, severity, certificate, advice, symptom, cause } = verdictOf(seen, 'present');
      expect(because).toMatch(/^[^\p{Cc}!]*\S[^\p{Cc}!]*$/u);
      expect(evidence.filter(({ label, value }) => label.trim() === '' || value.trim() === '')).toEqual([]);
      if (certificate !== undefined) expect(Object.keys(caseOf([fault], seen).certificates)).toContain(certificate);
      if (seen.because !== undefined) expect(because).toMatch(seen.because);
      if (seen.severity !== undefined) expect(severity).toBe(seen.severity);
      if (seen.advice !== undefined) expect(advice ?? '').toMatch(seen.advice ?? /^$/);
      if (seen.cause !== undefined) expect(cause).toBe(seen.cause);
      if (seen.symptom !== undefined) expect(symptom ?? '').toMatch(seen.symptom);
      for (const [label, value] of Object.entries(seen.evidence ?? {}))
        expect(evidence.find((each) => each.label === label)?.value, label).toMatch(value);
      if (seen.at !== undefined) expect(certificate).toBe(sha256(seen.at.der));
    });
    test.each(cases.absent)('absent: $name', (seen) => {
      verdictOf(seen, 'absent');
    });
    if (cases.notApplicable)
      test.each(cases.notApplicable)('not applicable: $name', (seen) => {
        const { because } = verdictOf(seen, 'not-applicable');
        expect(because).toMatch(seen.because ?? /\S/);
      });
    if (cases.inconclusive)
      test.each(cases.inconclusive)('inconclusive: $name', (seen) => {
        const { missing } = verdictOf(seen, 'inconclusive');
        const reasons = missing.map(({ failure }) => (failure === 'not-probed' ? failure : failure.reason));
        expect(reasons).toContain(seen.reason);
        const words = missing.map(({ of, failure }) => ({ of, ...failureWords(failure) }));
        expect(words.map(({ of, seen: what, advice }) => `${of}: ${what}. ${advice}`).join('\n')).toMatch(
          seen.words ?? /\S/,
        );
      });
  });
}
