import type { Finding, Severity } from '#model/finding.ts';
import { isAtLeast, isPresent } from '#model/verdict.ts';
import { excusedIn } from '#model/known.ts';
import type { Outcome } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { exitCode, type ExitCode } from './exit-codes.ts';

/** Of a run, without what known problems excuse: a fault at or above the limit, else something asked that could not be judged, else well. */
export function ofRun(run: Run, failOn: Severity): ExitCode {
  const excused = excusedIn(run);
  const isFault = (finding: Finding): boolean => isPresent(finding) && isAtLeast(finding.verdict.severity, failOn);
  if (run.findings.some((finding) => isFault(finding) && !excused.has(finding))) return exitCode.fault;
  const isOpen = run.findings.some((finding) => finding.verdict.status === 'inconclusive' && !excused.has(finding));
  // Where nothing applied, nothing was judged.
  const isEmpty = run.findings.every(({ verdict }) => verdict.status === 'not-applicable');
  return isOpen || isEmpty ? exitCode.inconclusive : exitCode.well;
}

/** Of an apply. */
export function ofOutcome(outcome: Outcome): ExitCode {
  switch (outcome.status) {
    case 'verified':
      return exitCode.well;
    case 'rolled-back':
      return exitCode.rolledBack;
    case 'stranded':
      return exitCode.stranded;
  }
}
