import type { Finding, Severity } from '#model/finding.ts';
import { isAtLeast } from '#model/verdict.ts';
import type { Diagnosis, Suspect } from '#model/diagnosis.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { summarise, type Problem, type Summary } from './summary.ts';
import { unjudgedWords } from './unjudged.ts';
import { certificatesOf } from './certificates.ts';
import { item, pageOf, row, rule, textOf, type Lines, type Page, type TerminalOptions } from './page.ts';
import { problemBlock } from './problem-block.ts';
import { placesWords, whereWords } from './where.ts';
import { count } from './words.ts';

/** From the symptom to its causes as text: the answer first, then each cause with its evidence, what was ruled out, what is open. */
export function renderDiagnosis(run: Run, diagnosis: Diagnosis, options: TerminalOptions): string {
  const page = pageOf(run, options);
  const summary = summarise(run);
  const certificates = certificatesOf(run);
  const { causes, others } = sorted(summary, diagnosis);
  const verdicts = verdictsOf(run, diagnosis);
  const outcome = decided(causes, others, verdicts);
  // Where no cause is known, what is wrong of weight is shown as one.
  const isOther = outcome === 'other-fault-found';
  const shown = isOther ? others.filter(({ severity }) => isAtLeast(severity, 'major')) : causes;
  const rest = others.filter((problem) => !shown.includes(problem));
  return textOf([
    answer(diagnosis, outcome, shown[0], page),
    ...shown.map((problem, place) => problemBlock(problem, place + 1, certificates, page)),
    ruledOutBlock(verdicts, page),
    openBlock(summary, diagnosis, verdicts, page),
    othersBlock(rest, page),
  ]);
}

/** The same for machines. */
export function diagnosisJson(run: Run, diagnosis: Diagnosis): string {
  const { causes, others } = sorted(summarise(run), diagnosis);
  const brief = ({ fault, severity, because, where, certificate }: Problem): object => ({
    fault,
    severity,
    because,
    where: where.map(whereWords),
    certificate,
  });
  const { symptom, complaint } = diagnosis;
  const suspects = verdictsOf(run, diagnosis).map(({ suspect, status }) => ({
    fault: suspect.fault,
    weight: Math.round(suspect.weight * 100) / 100,
    status,
    ...(suspect.askedBy === null ? {} : { askedBy: suspect.askedBy }),
  }));
  const outcome = outcomeOf(run, diagnosis);
  const document = {
    symptom,
    complaint,
    outcome,
    run: run.id,
    causes: causes.map(brief),
    suspects,
    besides: others.map(brief),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

type Status = 'found' | 'ruled out' | 'open' | 'not asked' | 'did not apply';

interface SuspectVerdict {
  readonly suspect: Suspect;
  readonly status: Status;
}

function verdictsOf({ findings }: Run, { suspects }: Diagnosis): readonly SuspectVerdict[] {
  const byFault = Map.groupBy(findings, ({ fault }) => fault);
  return suspects.map((suspect) => ({ suspect, status: statusOf(byFault.get(suspect.fault) ?? [], suspect) }));
}

function statusOf(findings: readonly Finding[], { askedBy }: Suspect): Status {
  const has = (status: Finding['verdict']['status']): boolean =>
    findings.some(({ verdict }) => verdict.status === status);
  if (has('present')) return 'found';
  if (has('inconclusive')) return 'open';
  if (has('absent')) return 'ruled out';
  return findings.length === 0 && askedBy !== null ? 'not asked' : 'did not apply';
}

/** How much a fault of each severity explains of what people notice. */
const noticed: Readonly<Record<Severity, number>> = { critical: 1, major: 0.9, minor: 0.4, notice: 0.3 };

function weightOf({ problem, relevance }: { problem: Problem; relevance: number }): number {
  return relevance * noticed[problem.severity];
}

/** Causes by how well they explain the symptom and how much they weigh; and what is wrong besides. */
function sorted({ problems }: Summary, { relevanceOf }: Diagnosis): { causes: Problem[]; others: Problem[] } {
  const ranked = problems.map((problem) => ({ problem, relevance: Math.max(...problem.findings.map(relevanceOf)) }));
  return {
    causes: ranked
      .filter(({ relevance }) => relevance > 0)
      .sort((one, other) => weightOf(other) - weightOf(one))
      .map(({ problem }) => problem),
    others: ranked.filter(({ relevance }) => relevance === 0).map(({ problem }) => problem),
  };
}

/** What came of looking for the cause. */
export type DiagnosisOutcome = 'cause-found' | 'other-fault-found' | 'not-decided' | 'nothing-found';

/** Whether a cause was found; else whether something else of weight is wrong, or whether a suspect is still open. */
export function outcomeOf(run: Run, diagnosis: Diagnosis): DiagnosisOutcome {
  const { causes, others } = sorted(summarise(run), diagnosis);
  return decided(causes, others, verdictsOf(run, diagnosis));
}

function decided(
  causes: readonly Problem[],
  others: readonly Problem[],
  verdicts: readonly SuspectVerdict[],
): DiagnosisOutcome {
  if (causes.length > 0) return 'cause-found';
  if (others.some(({ severity }) => isAtLeast(severity, 'major'))) return 'other-fault-found';
  return verdicts.some(({ status }) => status === 'open' || status === 'not asked') ? 'not-decided' : 'nothing-found';
}

const marks = {
  'cause-found': ['red', 'CAUSE FOUND'],
  'other-fault-found': ['red', 'FAULT FOUND'],
  'not-decided': ['yellow', 'NOT DECIDED'],
  'nothing-found': ['green', 'NO CAUSE FOUND'],
} as const;

function answer(
  { symptom, complaint, suspects }: Diagnosis,
  outcome: DiagnosisOutcome,
  problem: Problem | undefined,
  page: Page,
): Lines {
  const [format, mark] = marks[outcome];
  const place = problem?.where[0];
  const found = problem && `${visible(problem.title)}${place === undefined ? '' : `: ${whereWords(place)}`}`;
  const isKnown = suspects.length > 0;
  const nothing = isKnown
    ? `None of ${count(suspects.length, 'fault')} that would explain it was found${outcome === 'not-decided' ? '; not all could be decided' : ''}.`
    : 'Nothing is wrong by what was checked.';
  const strange = 'these words are of no symptom known here: try those of the screen or the log';
  return [
    `${page.paint(['bold', format], ` ${mark} `)} ${found ?? nothing}`,
    '',
    ...row('You said', symptom, page),
    ...(complaint === null ? [] : row('taken for', complaint, page)),
    ...(isKnown ? [] : row('taken for', strange, page)),
    ...(outcome === 'other-fault-found' && isKnown
      ? row('', 'None of the faults that would explain it was found; this is what is wrong.', page)
      : []),
  ];
}

function ruledOutBlock(verdicts: readonly SuspectVerdict[], page: Page): Lines {
  const ruledOut = verdicts.filter(({ status }) => status === 'ruled out');
  if (ruledOut.length === 0) return [];
  return [rule('ruled out', page), ...ruledOut.flatMap(({ suspect }) => item('-', suspect.titleAbsent, page))];
}

function openBlock(
  { unjudged }: Summary,
  { suspects }: Diagnosis,
  verdicts: readonly SuspectVerdict[],
  page: Page,
): Lines {
  const suspected = new Set(suspects.map(({ fault }) => fault));
  const reasons = unjudged.filter(({ findings }) => findings.some(({ fault }) => suspected.has(fault)));
  const notAsked = verdicts.filter(({ status }) => status === 'not asked');
  if (reasons.length + notAsked.length === 0) return [];
  return [
    rule('not decided', page),
    ...reasons.flatMap((one) => [...item('?', unjudgedWords(one), page), ...item('', one.failure.advice, page)]),
    ...notAsked.flatMap(({ suspect }) => item('?', `${suspect.fault}: ask with ${suspect.askedBy ?? ''}`, page)),
  ];
}

function othersBlock(others: readonly Problem[], page: Page): Lines {
  if (others.length === 0) return [];
  return [
    rule('found besides', page),
    ...others.flatMap(({ severity, title, where }) =>
      item(
        '*',
        `${severity}: ${visible(title)} (${where.map((place) => `${place.machine ?? ''} ${placesWords(place)}`.trim()).join('; ')})`,
        page,
      ),
    ),
  ];
}
