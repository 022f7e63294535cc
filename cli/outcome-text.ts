import type { Outcome } from '#model/plan.ts';

/** What a plan leaves behind. */
export interface LeftBehind {
  /** Its files on machines. */
  readonly files: readonly string[];
  /** Its requests in the folders of people. */
  readonly requests: readonly string[];
  /** Faults that are found now, by id; one for each place. */
  readonly faults: readonly string[];
  /** What a person did and only the inventory tells. */
  readonly onWord: readonly string[];
  /** Whether the way back put anything back. */
  readonly isUndone: boolean;
  /** Steps that stay done and do no harm. */
  readonly remains: readonly string[];
}

/** How a plan ended, what stands where, and what comes next. */
export function outcomeText(outcome: Outcome, left: LeftBehind): string {
  const isVerified = outcome.status === 'verified';
  const besides = isVerified ? [...left.onWord, ...besidesLines(left.faults)] : [];
  const until = isVerified ? 'all has been well for some days' : 'nobody wants to go back to what they hold';
  return [wordsOf(outcome, left), ...besides, ...leftLines(left, until)].join('\n');
}

/** What of it somebody is to delete, and when. */
export function leftLines({ files, requests }: Pick<LeftBehind, 'files' | 'requests'>, until: string): string[] {
  const listed = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
  return [
    ...listed(
      'Nobody needs these requests any more, nor an answer to them; delete them, with the answers beside them:',
      requests,
    ),
    ...listed(`Files of this plan stay on the machines; delete them once ${until}:`, files),
  ];
}

function wordsOf(outcome: Outcome, { isUndone, remains }: LeftBehind): string {
  switch (outcome.status) {
    case 'verified':
      return 'Verified: the detectors that found the faults find them no more.';
    case 'rolled-back':
      return [
        `Rolled back: ${outcome.because}`,
        isUndone
          ? 'What had been done was taken back, and what it was to clear stands again.'
          : 'Nothing had to be taken back, and what it was to clear stands as before.',
        ...(remains.length === 0 ? [] : ['Remains, and does no harm:', ...remains.map((line) => `  ${line}`)]),
        'To try anew: uccert trust, then uccert plan.',
      ].join('\n');
    case 'stranded':
      return [
        'Stranded: not all of it could be taken back.',
        `It was to be taken back because: ${outcome.because}`,
        'What stays of what it did; what else it had changed was put back:',
        ...outcome.left.map((line) => `  ${line}`),
        outcome.next,
      ].join('\n');
  }
}

/** What the plan was not for and is still there. */
function besidesLines(faults: readonly string[]): string[] {
  if (faults.length === 0) return [];
  const kinds = [...new Set(faults)].sort();
  const places = faults.length === 1 ? 'one place' : `${String(faults.length)} places`;
  return [`This plan was not for what is still found at ${places}: ${kinds.join(', ')}. The next one: uccert plan`];
}
