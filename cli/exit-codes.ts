import { Refusal, UsageError } from '#model/errors.ts';
import { isAtLeast, isPresent, type Severity } from '#model/finding.ts';
import type { Outcome } from '#model/plan.ts';
import type { Run } from '#model/run.ts';

/** What the exit code says. Where several apply the first of 70 6 5 4 3 1 2 0 counts. */
export const exitCode = {
  well: 0,
  fault: 1,
  inconclusive: 2,
  usage: 3,
  refused: 4,
  rolledBack: 5,
  stranded: 6,
  defect: 70,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Of a run: a fault at or above the limit, else something asked that could not be judged, else well. */
export function ofRun(run: Run, failOn: Severity): ExitCode {
  if (run.findings.some((finding) => isPresent(finding) && isAtLeast(finding.verdict.severity, failOn)))
    return exitCode.fault;
  const isOpen = run.findings.some(({ verdict }) => verdict.status === 'inconclusive');
  return isOpen || run.findings.length === 0 ? exitCode.inconclusive : exitCode.well;
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

/** Of something thrown. */
export function ofError(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof Refusal) return exitCode.refused;
  return exitCode.defect;
}

const worstFirst: readonly ExitCode[] = [70, 6, 5, 4, 3, 1, 2, 0];

/** The one of two that counts. */
export function worst(left: ExitCode, right: ExitCode): ExitCode {
  return worstFirst.indexOf(left) <= worstFirst.indexOf(right) ? left : right;
}
