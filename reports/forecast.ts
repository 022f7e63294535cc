import type { Ending, Forecast } from '#model/forecast.ts';
import type { Run } from '#model/run.ts';
import { certificatesOf, type CertificateFacts } from './certificates.ts';
import { visible } from './escape.ts';
import { pageOf, row, rule, textOf, type Lines, type Page, type TerminalOptions } from './page.ts';
import { foldSubjects, whereWords } from './where.ts';
import { certificateName, count, dayOf, list } from './words.ts';

/** What ends in the months to come, as text: a block for each change window, with what stops if nothing is done. */
export function renderForecast(run: Run, forecast: Forecast, options: TerminalOptions): string {
  const page = pageOf(run, options);
  const certificates = certificatesOf(run);
  const span = `${dayOf(new Date(forecast.from))} to ${dayOf(new Date(forecast.to))}`;
  const total = forecast.windows.reduce((sum, { endings }) => sum + endings.length, 0);
  const { ended } = forecast;
  return textOf([
    (run.supposed ?? []).flatMap((words, at) => row(at === 0 ? 'Suppose' : 'and', words, page)),
    ...(ended.length === 0
      ? []
      : [
          [
            page.paint('bold', `${count(ended.length, 'certificate')} ended before ${dayOf(new Date(forecast.from))}`),
            'What stands below is stopped, or warned of, today.',
            ...ended.flatMap((ending) => endingLines(ending, 'ended', certificates, page)),
          ],
        ]),
    [
      page.paint('bold', `What ends, ${span}`),
      total === 0
        ? 'No certificate that was seen ends in this time.'
        : `${count(total, 'certificate')} in ${count(forecast.windows.length, 'change window')}; renewed before its day, a window stops nothing.`,
    ],
    ...forecast.windows.map(({ before, endings }, at) => [
      rule(`window ${String(at + 1)}: change before ${dayOf(new Date(before))}`, page),
      ...endings.flatMap((ending) => endingLines(ending, 'ends', certificates, page)),
    ]),
  ]);
}

function endingLines(
  ending: Ending,
  verb: 'ended' | 'ends',
  certificates: ReadonlyMap<string, CertificateFacts>,
  page: Page,
): Lines {
  const facts = certificates.get(ending.certificate);
  const name = facts === undefined ? ending.certificate.slice(0, 16) : certificateName(facts);
  const where = foldSubjects(ending.subjects, new Set()).map(whereWords);
  const breaks = [...new Set(ending.links.map(({ stops, breaks: what }) => `${stops}: ${what}`))];
  return [
    ...row(dayOf(new Date(ending.at)), `${visible(name)} ${verb}`, page),
    ...row('', `where: ${where.join(', ')}`, page),
    ...(ending.audiences.length === 0 ? [] : row('', `warned or stopped: ${list(ending.audiences)}`, page)),
    ...breaks.flatMap((what) => row('', `stops ${visible(what)}`, page)),
  ];
}
