import type { Severity } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { severities } from '#model/vocabulary.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { count } from './words.ts';

/** A file in which something is wrong, or that could not be judged. */
export interface FileAmiss {
  readonly path: string;
  /** The worst that was found; null where nothing was, and something could not be judged. */
  readonly severity: Severity | null;
  /** The faults by their ids, the worst first. */
  readonly words: string;
}

/** The files of a run in which something is wrong, in the order in which they were read; the others are left out. */
export function filesAmiss(run: Run): readonly FileAmiss[] {
  const files = new Map<string, { found: Map<string, Severity>; unjudged: number }>();
  for (const { place } of run.observations)
    if (place.at === 'file') files.set(place.path, { found: new Map(), unjudged: 0 });
  if (files.size === 0) return [];
  for (const finding of run.findings) {
    if (finding.subject.scope !== 'file') continue;
    const file = files.get(finding.subject.path);
    if (file === undefined) continue;
    if (finding.verdict.status === 'inconclusive') file.unjudged += 1;
    else if (isPresent(finding)) {
      const known = file.found.get(finding.fault);
      const worst = severities.find((each) => each === known || each === finding.verdict.severity);
      file.found.set(finding.fault, worst ?? finding.verdict.severity);
    }
  }
  return [...files].flatMap(([path, { found, unjudged }]): FileAmiss[] => {
    if (found.size === 0 && unjudged === 0) return [];
    const faults = [...found].sort(([, one], [, other]) => severities.indexOf(one) - severities.indexOf(other));
    const words = [
      ...faults.map(([fault]) => visible(fault)),
      ...(unjudged === 0 ? [] : [`${count(unjudged, 'check')} not judged`]),
    ];
    return [{ path: visible(path), severity: faults[0]?.[1] ?? null, words: words.join(', ') }];
  });
}
