import { shownAt } from '#model/subject.ts';
import { stoppages } from '#model/vocabulary.ts';
import type { Run } from '#model/run.ts';
import { browserViewsOf } from './browser-views.ts';
import { visible } from './escape.ts';
import { linkKey, linksOf, type JudgedLink } from './trust-links.ts';
import { count, list, timeOf } from './words.ts';

/** What becomes of links and of the pages of PCs where one run is judged otherwise: at another time, or with something supposed. */
export interface Foreseen {
  /** What is supposed, one sentence each. */
  readonly supposed: readonly string[];
  readonly outcome: 'would break' | 'would heal' | 'breaks and heals no link';
  readonly headline: string;
  readonly breaks: readonly string[];
  readonly heals: readonly string[];
}

/** Null where the runs are two: what differs between them has happened. */
export function foreseenOf(run: Run, seen: Run | null): Foreseen | null {
  if (seen?.id !== run.id) return null;
  const breaks = worseIn(run, seen);
  const heals = worseIn(seen, run);
  const isWorse = breaks.links.length + breaks.pages.length > 0;
  const isBetter = heals.links.length + heals.pages.length > 0;
  return {
    supposed: run.supposed?.map(visible) ?? [`it is ${timeOf(run.judgedAt)}`],
    outcome: isWorse ? 'would break' : isBetter ? 'would heal' : 'breaks and heals no link',
    headline:
      isWorse || isBetter
        ? `Breaks ${inWords(breaks)}; heals ${inWords(heals)}.`
        : 'No link between machines and no page of a PC becomes worse or better.',
    breaks: [
      ...breaks.links.map((link) => `${title(link)}: ${visible(link.breaks)}`),
      ...breaks.stops.map(({ client, error, where }) => `${client}: ${error} at ${where.join(', ')}`),
    ],
    heals: [
      ...heals.links.map((link) => `${title(link)} (${link.stops})`),
      ...heals.stops.map(({ client, error, where }) => `${client}: no ${error} any more at ${where.join(', ')}`),
    ],
  };
}

interface Worse {
  readonly links: readonly JudgedLink[];
  readonly pages: readonly { readonly client: string }[];
  readonly stops: NonNullable<ReturnType<typeof browserViewsOf>>['stops'];
}

/** What is broken in the one run and not in the other. */
function worseIn(run: Run, other: Run): Worse {
  const brokenElsewhere = new Set(brokenLinks(other).map(linkKey));
  const pageKey = (view: NonNullable<Run['views']>[number]): string =>
    JSON.stringify([view.client, view.machine, view.port, view.address, view.serverName]);
  const shown = new Set((other.views ?? []).filter(({ chrome }) => chrome === null).map(pageKey));
  const pages = (run.views ?? []).filter((view) => view.chrome !== null && shown.has(pageKey(view)));
  return {
    links: brokenLinks(run).filter((link) => !brokenElsewhere.has(linkKey(link))),
    pages,
    stops: browserViewsOf({ ...run, views: pages })?.stops ?? [],
  };
}

function brokenLinks(run: Run): readonly JudgedLink[] {
  return (linksOf(run) ?? []).filter(({ state }) => state === 'broken');
}

function inWords({ links, pages }: Worse): string {
  const stops = stoppages.filter((stop) => links.some((link) => link.stops === stop));
  const clients = [...new Set(pages.map(({ client }) => client))];
  const parts = [
    ...(links.length === 0 ? [] : [`${count(links.length, 'link')} (${stops.join(', ')})`]),
    ...(pages.length === 0 ? [] : [`${count(pages.length, 'page')} of ${list(clients)}`]),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(' and ');
}

function title(link: JudgedLink): string {
  return `${visible(link.relyingParty)} ${visible(link.store)}, relying on ${visible(shownAt(link))}`;
}
