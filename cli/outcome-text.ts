import type { Outcome } from '#model/plan.ts';

/** How a plan ended, what stands where, and what comes next; `left`: the files that it leaves on machines. */
export function outcomeText(outcome: Outcome, left: readonly string[]): string {
  const files =
    left.length === 0
      ? []
      : [
          'Files of this plan stay on the machines; delete them once all has been well for some days:',
          ...left.map((line) => `  ${line}`),
        ];
  return [wordsOf(outcome), ...files].join('\n');
}

function wordsOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'verified':
      return 'Verified: the detectors that found the faults find them no more.';
    case 'rolled-back':
      return [
        `Rolled back: ${outcome.because}`,
        'What had been done was taken back, and what it was to clear stands again. To try anew: uccert trust, then uccert plan.',
      ].join('\n');
    case 'stranded':
      return [
        'Stranded: not all of it could be taken back.',
        `It was to be taken back because: ${outcome.because}`,
        'What stays as the plan left it, while all else is as it was before:',
        ...outcome.left.map((line) => `  ${line}`),
        outcome.next,
      ].join('\n');
  }
}
