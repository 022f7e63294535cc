import * as z from 'zod';
import { Subject, Verdict, type Finding } from './finding.ts';
import { Run, runFormat } from './run.ts';

/** Tells a kept run from one that is written out. */
export const keptFormat = 2;

/** Findings of one fault, one after the other, that say the same. `subjects`: their places in the list of subjects of the run. */
const KeptFindings = z.strictObject({
  fault: z.string(),
  verdict: Verdict,
  subjects: z.array(z.int().min(0)).min(1),
});
type KeptFindings = z.infer<typeof KeptFindings>;

const Kept = z.strictObject({
  ...Run.shape,
  format: z.literal(keptFormat),
  subjects: z.array(Subject),
  findings: z.array(KeptFindings),
});
type Kept = z.infer<typeof Kept>;

/**
 * A run as it is kept: each subject once, and what is alike together. Of a thousand ports that are judged by fifty faults nearly all findings say that
 * the fault is absent. What is read is the run itself.
 */
export const KeptRun = Kept.transform(({ subjects, findings, ...run }, context): Run => {
  const written = findings.flatMap(({ fault, verdict, subjects: places }) =>
    places.flatMap((place): Finding[] => {
      const subject = subjects[place];
      if (subject === undefined)
        context.addIssue({ code: 'custom', path: ['findings'], message: `there is no subject ${String(place)}` });
      return subject === undefined ? [] : [{ fault, subject, verdict }];
    }),
  );
  return { ...run, format: runFormat, findings: written };
});

/** What of a run is kept in another way than it is told. */
export function keptParts(findings: readonly Finding[]): Pick<Kept, 'format' | 'subjects' | 'findings'> {
  const subjects = new SubjectList();
  const together: KeptFindings[] = [];
  for (const { fault, subject, verdict } of findings) {
    const place = subjects.placeOf(subject);
    const last = together.at(-1);
    if (last?.fault === fault && isSame(last.verdict, verdict)) last.subjects.push(place);
    else together.push({ fault, verdict, subjects: [place] });
  }
  return { format: keptFormat, subjects: subjects.all, findings: together };
}

function isSame(one: Verdict, other: Verdict): boolean {
  if (one === other) return true;
  if (one.status === 'not-applicable') return other.status === one.status && other.because === one.because;
  return one.status === 'absent' && other.status === one.status;
}

/** Each subject once. */
class SubjectList {
  readonly all: Subject[] = [];
  // Dozens of faults judge one object; others are made anew for each and are told by their words.
  readonly #places = new Map<Subject, number>();
  readonly #words = new Map<string, number>();

  placeOf(subject: Subject): number {
    const known = this.#places.get(subject);
    if (known !== undefined) return known;
    const words = JSON.stringify(subject);
    const place = this.#words.get(words) ?? this.all.push(subject) - 1;
    this.#words.set(words, place);
    this.#places.set(subject, place);
    return place;
  }
}
