import type { Status } from '#model/finding.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { pagesWords } from './missed-pages.ts';

/** How a page went in one run: as its finding says; null where it was not opened then. */
type Went = Status | null;

/** How a page went, run by run. */
export interface PageHistory {
  /** The earliest first; the last is the run itself. */
  readonly went: readonly Went[];
  /** What that means now; null where there is nothing to say of it. */
  readonly change: 'new' | 'again' | 'recovered' | null;
}

/** The key of a page: two runs speak of the same page where it is the same. */
export function pageKey(place: {
  readonly machine: string;
  readonly port: number;
  readonly page?: string | undefined;
  readonly client?: string | undefined;
}): string {
  return JSON.stringify([place.machine, place.port, place.page, place.client]);
}

/** The pages of a run by their keys, with how they went in the runs before it, the earliest first. */
export function pageHistories(run: Run, earlier: readonly Run[]): ReadonlyMap<string, PageHistory> {
  const before = earlier.map(wentBySameness);
  return new Map(
    pagesOf(run).map(({ key, same, status }) => {
      const went = [...before.map((each) => each.get(same) ?? null), status];
      return [key, { went, change: changeOf(went) }] as const;
    }),
  );
}

function wentBySameness(run: Run): ReadonlyMap<string, Status> {
  return new Map(pagesOf(run).map(({ same, status }) => [same, status]));
}

/** The pages of a run; `same` where another run looked at the page of the same name with the same browser. */
function pagesOf({ findings, inventory }: Run): { key: string; same: string; status: Status }[] {
  const browsers = new Map(inventory.clients.map(({ id, browser }) => [id, browser]));
  const names = new Map(inventory.machines.map(({ id, fqdn }) => [id, fqdn]));
  return findings.flatMap(({ fault, subject, verdict }) => {
    if (fault !== 'browser-refuses' || subject.scope !== 'endpoint') return [];
    const key = pageKey(subject);
    const browser = (subject.client && browsers.get(subject.client)) ?? 'chromium';
    return [{ key, same: JSON.stringify([key, names.get(subject.machine), browser]), status: verdict.status }];
  });
}

/** A run that could not judge the page tells nothing: the one before it counts. */
function changeOf(went: readonly Went[]): PageHistory['change'] {
  const now = went.at(-1);
  const before = went.slice(0, -1).findLast((status) => status === 'present' || status === 'absent');
  if (before === undefined) return null;
  if (now === 'present') return before === 'present' ? 'again' : 'new';
  return now === 'absent' && before === 'present' ? 'recovered' : null;
}

const signs: Readonly<Record<Status, string>> = { present: '✗', absent: '✓', inconclusive: '?', 'not-applicable': '–' };

/** What the signs mean. */
export const signsWords = '✓ well, ✗ not, ? not judged, · not opened';

/** `✓ ✓ ✗ new`: a sign for each run, the last is now. */
export function historyWords({ went, change }: PageHistory): string {
  const line = went.map((status) => (status === null ? '·' : signs[status])).join(' ');
  return change === null ? line : `${line} ${change}`;
}

/** A line for the pages of a machine that went alike, of those of which there is something to say. */
export function changedPages(run: Run, earlier: readonly Run[]): readonly string[] {
  const histories = pageHistories(run, earlier);
  const changed = run.observations.flatMap(({ place }) => {
    if (place.at !== 'page') return [];
    const history = histories.get(pageKey(place));
    return history === undefined || history.change === null ? [] : [{ ...place, words: historyWords(history) }];
  });
  const alike = Map.groupBy(changed, ({ words, machine, client }) => JSON.stringify([words, machine, client]));
  return [...alike.values()].flatMap((pages) =>
    pages.slice(0, 1).map(({ words, machine, client }) => {
      const names = pagesWords(pages.map(({ page }) => page));
      return `${words}: ${visible(`${names} on ${machine}, from ${client}`)}`;
    }),
  );
}
