import type { Finding, PresentFinding } from '#model/finding.ts';
import { findingKey, isPresent } from '#model/verdict.ts';
import { subjectKey, subjectMachine } from '#model/subject.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { ambiguousMachines, foldSubjects, whereWords } from './where.ts';
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
  /** Machines looked at under several addresses or names. */
  readonly ambiguous: ReadonlySet<string>;
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
    ambiguous: new Set([...ambiguousMachines(before), ...ambiguousMachines(after)]),
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
  /** How many findings the lines speak of. */
  readonly findings: number;
  readonly lines: readonly string[];
}

/** A difference in words: a line per fault and machine; what was merely well before is counted per machine. Empty sections are left out. */
export function diffSections(diff: RunDiff): readonly DiffSection[] {
  const section = (
    title: string,
    mark: DiffSection['mark'],
    findings: readonly Finding[],
    words: string,
  ): DiffSection => {
    const wasWell = findings.filter((finding) => !isPresent(finding));
    const machines = new Set(wasWell.map(machineOf));
    const counted = [...machines].map((machine) => {
      const number = wasWell.filter((finding) => machineOf(finding) === machine).length;
      return `${visible(machine)}: ${count(number, 'check')} ${words}`;
    });
    return {
      title,
      mark,
      findings: findings.length,
      lines: [...faultLines(findings.filter(isPresent), diff), ...counted],
    };
  };
  return [
    section('New', '+', diff.new, ''),
    section('Newly inconclusive', '?', diff.newlyInconclusive, 'could not be judged this time'),
    section('No longer looked at', '?', diff.noLongerLookedAt, 'no longer made'),
    section('Cleared', '-', diff.cleared, ''),
    section('Still present', '=', diff.stillPresent, ''),
  ].filter(({ findings }) => findings > 0);
}

function machineOf({ subject }: Finding): string {
  return subjectMachine(subject) ?? 'files';
}

function faultLines(findings: readonly PresentFinding[], { titles, ambiguous }: RunDiff): readonly string[] {
  return [...new Set(findings.map(({ fault }) => fault))].flatMap((fault) => {
    const subjects = findings.filter((finding) => finding.fault === fault).map(({ subject }) => subject);
    return foldSubjects(subjects, ambiguous).map(
      (where) => `${visible(titles.get(fault) ?? fault)}: ${whereWords(where)}`,
    );
  });
}

/** Fault and subject without the certificate: what a verdict is asked about. */
function placeKey({ fault, subject }: Finding): string {
  return `${fault} | ${subjectKey(subject)}`;
}
