import * as z from 'zod';
import { Subject, Verdict, type Finding } from './finding.ts';
import { Run } from './run.ts';
import { keptFormat, runFormat } from './vocabulary.ts';

/** Findings of one fault, one after the other, that say the same. `subjects`: their places in the list of subjects of the run. */
const KeptFindings = z.strictObject({
  fault: z.string(),
  verdict: Verdict,
  subjects: z.array(z.int().min(0)).min(1),
});
export type KeptFindings = z.infer<typeof KeptFindings>;

const Kept = z.strictObject({
  ...Run.shape,
  format: z.literal(keptFormat),
  subjects: z.array(Subject),
  findings: z.array(KeptFindings),
});
export type Kept = z.infer<typeof Kept>;

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
