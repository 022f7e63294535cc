import { severities, type Finding } from '#model/finding.ts';
import type { Diagnosis, Suspect } from '#model/diagnosis.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { healthWords, summarise, unjudgedWords, type Problem, type Summary } from './summary.ts';
import { certificatesOf } from './certificates.ts';
import {
  item,
  pageOf,
  problemBlock,
  row,
  rule,
  textOf,
  type Lines,
  type Page,
  type TerminalOptions,
} from './terminal.ts';
import { placesWords, whereWords } from './where.ts';
import { count } from './words.ts';

/** From the symptom to its causes as text: the answer first, then each cause with its evidence, what was ruled out, what is open. */
export function renderDiagnosis(run: Run, diagnosis: Diagnosis, options: TerminalOptions): string {
  const page = pageOf(run, options);
  const summary = summarise(run);
  const certificates = certificatesOf(run);
  const { causes, others } = sorted(summary, diagnosis);
  const verdicts = verdictsOf(run, diagnosis);
  return textOf([
    answer(summary, diagnosis, { causes, others, verdicts }, page),
    ...causes.map((problem, place) => problemBlock(problem, place + 1, certificates, page)),
    ruledOutBlock(verdicts, page),
    openBlock(summary, diagnosis, verdicts, page),
    othersBlock(others, page),
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
  const document = { symptom, complaint, run: run.id, causes: causes.map(brief), suspects, besides: others.map(brief) };
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

/** Causes by how well they explain the symptom, then by severity; and what is wrong besides. */
function sorted({ problems }: Summary, { relevanceOf }: Diagnosis): { causes: Problem[]; others: Problem[] } {
  const ranked = problems.map((problem) => ({ problem, relevance: Math.max(...problem.findings.map(relevanceOf)) }));
  return {
    causes: ranked
      .filter(({ relevance }) => relevance > 0)
      .sort(
        (one, other) =>
          other.relevance - one.relevance ||
          severities.indexOf(one.problem.severity) - severities.indexOf(other.problem.severity),
      )
      .map(({ problem }) => problem),
    others: ranked.filter(({ relevance }) => relevance === 0).map(({ problem }) => problem),
  };
}

function answer(
  summary: Summary,
  { symptom, complaint, suspects }: Diagnosis,
  {
    causes,
    others,
    verdicts,
  }: { causes: readonly Problem[]; others: readonly Problem[]; verdicts: readonly SuspectVerdict[] },
  page: Page,
): Lines {
  const [cause] = causes;
  const open = verdicts.filter(({ status }) => status === 'open' || status === 'not asked').length;
  const [format, mark] = cause
    ? (['red', 'CAUSE FOUND'] as const)
    : open > 0
      ? (['yellow', 'NOT DECIDED'] as const)
      : (['green', suspects.length === 0 ? healthWords[summary.health].toUpperCase() : 'NO CAUSE FOUND'] as const);
  const place = cause?.where[0];
  const words = cause
    ? `${visible(cause.title)}${place === undefined ? '' : `: ${whereWords(place)}`}`
    : suspects.length === 0
      ? `No known symptom has these words. ${count(others.length, 'fault')} found in all.`
      : `None of ${count(suspects.length, 'suspected fault')} was found${open > 0 ? `, ${String(open)} could not be decided` : ''}.`;
  return [
    `${page.paint(['bold', format], ` ${mark} `)} ${words}`,
    '',
    ...row('You said', symptom, page),
    ...(complaint === null ? [] : row('which is', complaint, page)),
    ...(suspects.length > 0
      ? []
      : row(
          'what to do',
          'Say it in the words of the screen or the log: "Invalid User ID/Password", "Live Data stays empty", NET::ERR_CERT_DATE_INVALID.',
          page,
        )),
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
    rule('found besides, and no cause of this by what is known', page),
    ...others.flatMap(({ severity, title, where }) =>
      item(
        '*',
        `${severity}: ${visible(title)} (${where.map((place) => `${place.machine ?? ''} ${placesWords(place)}`.trim()).join('; ')})`,
        page,
      ),
    ),
  ];
}
