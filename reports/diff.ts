import { findingKey, isPresent, subjectKey, subjectMachine, subjectTitle, type Finding, type PresentFinding } from '#model/finding.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { count } from './words.ts';

/** What became of the findings between two runs. */
export interface RunDiff {
  readonly before: string;
  readonly after: string;
  /** Present now and not before. */
  readonly new: readonly PresentFinding[];
  /** Present before and judged absent, not applicable, or about another certificate now. */
  readonly cleared: readonly PresentFinding[];
  readonly stillPresent: readonly PresentFinding[];
  /** Judged before and without any finding now: the state that other tools take for healthy. */
  readonly noLongerLookedAt: readonly Finding[];
  /** Judged before and inconclusive now, as the finding of before. */
  readonly newlyInconclusive: readonly Finding[];
  /** Titles by fault id, from both catalogues. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Compares by fault, subject and certificate: messages, dates and countdowns never make a difference. */
export function diffRuns(before: Run, after: Run): RunDiff {
  const presentBefore = new Set(before.findings.filter(isPresent).map(findingKey));
  const presentAfter = new Map(after.findings.filter(isPresent).map((finding) => [findingKey(finding), finding]));
  const placesAfter = new Map<string, Finding[]>();
  for (const finding of after.findings) {
    const place = placeKey(finding);
    placesAfter.set(place, [...(placesAfter.get(place) ?? []), finding]);
  }
  const cleared: PresentFinding[] = [];
  const stillPresent: PresentFinding[] = [];
  const noLongerLookedAt: Finding[] = [];
  const newlyInconclusive: Finding[] = [];
  for (const finding of before.findings) {
    const { status } = finding.verdict;
    if (status === 'inconclusive') continue;
    const now = placesAfter.get(placeKey(finding)) ?? [];
    const same = presentAfter.get(findingKey(finding));
    if (isPresent(finding) && same !== undefined) stillPresent.push(same);
    else if (now.some(({ verdict }) => verdict.status === 'inconclusive')) newlyInconclusive.push(finding);
    else if (now.length === 0 && status !== 'not-applicable') noLongerLookedAt.push(finding);
    else if (isPresent(finding)) cleared.push(finding);
  }
  return {
    before: before.id,
    after: after.id,
    new: [...presentAfter].filter(([key]) => !presentBefore.has(key)).map(([, finding]) => finding),
    cleared,
    stillPresent,
    noLongerLookedAt,
    newlyInconclusive,
    titles: new Map([...before.catalogue, ...after.catalogue].map(({ id, title }) => [id, title])),
  };
}

/** Whether the two runs say the same. */
export function isEmpty(diff: RunDiff): boolean {
  return [diff.new, diff.cleared, diff.noLongerLookedAt, diff.newlyInconclusive].every(({ length }) => length === 0);
}

/** One kind of difference as lines for people. */
export interface DiffSection {
  readonly title: string;
  readonly mark: '+' | '-' | '=' | '?';
  readonly lines: readonly string[];
}

/** A difference in words: faults one line each, what was merely well before counted per machine. Empty sections are left out. */
export function diffSections(diff: RunDiff): readonly DiffSection[] {
  const line = (finding: Finding): string =>
    `${visible(diff.titles.get(finding.fault) ?? finding.fault)}: ${visible(subjectTitle(finding.subject))}`;
  const folded = (findings: readonly Finding[], words: string): readonly string[] => {
    const perMachine = new Map<string, number>();
    for (const finding of findings.filter((one) => !isPresent(one))) {
      const machine = subjectMachine(finding.subject) ?? 'files';
      perMachine.set(machine, (perMachine.get(machine) ?? 0) + 1);
    }
    return [
      ...findings.filter(isPresent).map((finding) => `${line(finding)} (was present)`),
      ...[...perMachine].map(([machine, number]) => `${machine}: ${count(number, 'check')} ${words}`),
    ];
  };
  const sections: readonly DiffSection[] = [
    { title: 'New', mark: '+', lines: diff.new.map(line) },
    { title: 'Newly inconclusive', mark: '?', lines: folded(diff.newlyInconclusive, 'could not be judged this time') },
    { title: 'No longer looked at', mark: '?', lines: folded(diff.noLongerLookedAt, 'no longer made') },
    { title: 'Cleared', mark: '-', lines: diff.cleared.map(line) },
    { title: 'Still present', mark: '=', lines: diff.stillPresent.map(line) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** Fault and subject without the certificate: what a verdict is asked about. */
function placeKey({ fault, subject }: Finding): string {
  return `${fault} | ${subjectKey(subject)}`;
}
