import { Refusal, UsageError } from '#model/errors.ts';

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
