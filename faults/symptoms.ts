import MiniSearch from 'minisearch';
import { complaints, type Complaint, type Lead } from './complaints.ts';
import { faults, type FaultId } from './index.ts';

/** A fault that would explain what people see. */
export interface Suspect {
  readonly fault: FaultId;
  /** From 0 to 1, the likeliest 1. */
  readonly weight: number;
  /** Where it then is; without a complaint behind it, anywhere. */
  readonly leads: readonly Lead[];
}

/** What words lead to. */
export interface Suspicion {
  /** The complaint that the words fit best, or null where only the texts of faults speak of them. */
  readonly complaint: Complaint | null;
  /** The likeliest first; empty where nothing fits. */
  readonly suspects: readonly Suspect[];
}

/** Suspects beyond this many are no help. */
const mostSuspects = 12;
/** Of the best score: what fits less well than this is chance. */
const leastShare = 0.5;
/** Of the words said: a complaint that holds fewer of them is another one. */
const leastCover = 0.5;
/** Of the words said: with fewer that any text here holds, nothing is understood. */
const leastKnown = 0.4;
/** Characters that are looked at. */
const longest = 500;
/** Each lead of a complaint weighs a little less than the one before it. */
const stepDown = 0.06;

const common = new Set(
  'a again all an and any are broken certificate certificates error errors happens help issue just like machine machines message no now only problem problems says see sees seen shows slow some still system than then thing too up us work working works as at be but by can do does for from has have how i in is it its my not of on or our so that the their there they this to was we what when which with you your'.split(
    ' ',
  ),
);

/** Words and codes as they are compared: `NET::ERR_CERT_DATE_INVALID` is one of them, `password?` is `password`. */
function tokenize(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+(?:[:./-]+[\p{L}\p{N}_]+)*/gu) ?? [];
  // What is written together may be searched apart: `User ID/Password`, `sign-in`.
  return words.flatMap((word) => {
    const parts = word.split(/[:./-]+/);
    return parts.length === 1 ? parts : [word, ...parts];
  });
}

/** The plain form of an English word, near enough for matching; null for one that says nothing. */
function processTerm(term: string): string | null {
  if (common.has(term)) return null;
  return term.length > 4 ? term.replace(/(?<=[a-z]{3})(?:ing|ed|es|s)$/, '') : term;
}

const options = {
  tokenize,
  processTerm,
  searchOptions: {
    prefix: (term: string) => term.length > 4,
    fuzzy: (term: string) => (term.length > 5 ? 0.2 : false),
  },
};

function indexOf<T extends { id: string }>(documents: readonly T[], fields: (keyof T & string)[]): MiniSearch<T> {
  const index = new MiniSearch<T>({ fields, ...options });
  index.addAll(documents);
  return index;
}

/** Looks up what people see: the complaint it is, and the faults that would explain it. */
export function suspectsOf(symptom: string): Suspicion {
  const words = symptom.slice(0, longest);
  const phrases = indexOf(
    complaints.flatMap(({ id, title, says }) =>
      [title, ...says].map((phrase, place) => ({ id: `${id} ${String(place)}`, phrase })),
    ),
    ['phrase'],
  );
  const texts = indexOf([...faults], ['id', 'title', 'symptom', 'cause']);
  const [best] = phrases.search(words);
  const complaint = complaints.find(({ id }) => best !== undefined && String(best.id).startsWith(`${id} `)) ?? null;

  const hits = texts.search(words, { boost: { symptom: 3, title: 2, id: 2 } });
  const most = hits[0]?.score ?? 0;
  const spoken = [...new Set(tokenize(words).flatMap((term) => processTerm(term) ?? []))];
  const said = spoken.filter((term) => phrases.search(term).length + texts.search(term).length > 0);
  // Half of the words are strange: another matter, or another language. One code that is known says enough.
  if (said.length < leastKnown * spoken.length && !said.some((term) => term.includes('_')))
    return { complaint: null, suspects: [] };
  const isComplaint = best !== undefined && best.queryTerms.length >= leastCover * said.length;

  const weights = new Map<FaultId, number>();
  const add = (fault: FaultId, weight: number): void => {
    weights.set(fault, Math.max(weights.get(fault) ?? 0, weight));
  };
  const leads = isComplaint ? (complaint?.leads ?? []) : [];
  for (const [place, { fault }] of leads.entries()) add(fault, 1 - place * stepDown);
  for (const { id, score } of hits) {
    // Words that are a complaint word for word need no guess from the texts of faults.
    const weight = (score / most) * (isComplaint ? 0.8 : 1);
    if (weight >= leastShare) add(id as FaultId, weight);
  }
  const suspects = [...weights]
    .sort(([, left], [, right]) => right - left)
    .slice(0, mostSuspects)
    .map(([fault, weight]) => ({ fault, weight, leads: leads.filter((lead) => lead.fault === fault) }));
  return { complaint: isComplaint ? complaint : null, suspects };
}
