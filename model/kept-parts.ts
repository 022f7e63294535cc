import type { Finding, Subject, Verdict } from './finding.ts';
import type { Kept, KeptFindings } from './kept-run.ts';
import { keptFormat } from './vocabulary.ts';

/** What of a run is kept in another way than it is told. */
export function keptParts(findings: readonly Finding[]): Pick<Kept, 'format' | 'subjects' | 'findings'> {
  const subjects = new SubjectList();
  const together: KeptFindings[] = [];
  for (const { fault, subject, verdict } of findings) {
    const place = subjects.placeOf(subject);
    const last = together.at(-1);
    if (last?.fault === fault && isSame(last.verdict, verdict)) last.subjects.push(place);
    else together.push({ fault, verdict, subjects: [place] });
  }
  return { format: keptFormat, subjects: subjects.all, findings: together };
}

function isSame(one: Verdict, other: Verdict): boolean {
  if (one === other) return true;
  if (one.status === 'not-applicable') return other.status === one.status && other.because === one.because;
  return one.status === 'absent' && other.status === one.status;
}

/** Each subject once. */
class SubjectList {
  readonly all: Subject[] = [];
  // Dozens of faults judge one object; others are made anew for each and are told by their words.
  readonly #places = new Map<Subject, number>();
  readonly #words = new Map<string, number>();
  #last = -1;

  placeOf(subject: Subject): number {
    // Every fault judges the same subjects in the same order.
    const next = this.#last + 1;
    this.#last = this.all[next] === subject ? next : (this.#places.get(subject) ?? this.#newPlace(subject));
    return this.#last;
  }

  #newPlace(subject: Subject): number {
    const words = JSON.stringify(subject);
    const place = this.#words.get(words) ?? this.all.push(subject) - 1;
    this.#words.set(words, place);
    this.#places.set(subject, place);
    return place;
  }
}
