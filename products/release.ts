/** A release as numbers: major, minor, maintenance, service update. `12.5(1)SU2` is [12, 5, 1, 2]. */
export type Release = readonly [major: number, minor: number, maintenance: number, serviceUpdate: number];

const written = /^(\d+)\.(\d+)(?:\((\d+)[a-z]?\)(?:\s*SU(\d+))?)?(?:\s*ES\d+)?$/i;

/** Reads a release as Cisco writes it, or null where it is not of that form. `15.0` counts as `15.0(0)`. */
export function parseRelease(text: string): Release | null {
  const match = written.exec(text.trim());
  if (match === null) return null;
  const [, major, minor, maintenance = '0', serviceUpdate = '0'] = match;
  return [Number(major), Number(minor), Number(maintenance), Number(serviceUpdate)];
}

/** Releases from one (included) up to another (excluded). An end left out is open. */
export interface ReleaseRange {
  readonly from?: string;
  readonly before?: string;
}

function compare(left: Release, right: Release): number {
  for (let place = 0; place < left.length; place += 1) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a release lies in a range. Null where the release is unknown and the range has an end: the caller must say so. */
export function isInRange(release: string | null, range: ReleaseRange): boolean | null {
  if (range.from === undefined && range.before === undefined) return true;
  const parsed = release === null ? null : parseRelease(release);
  if (parsed === null) return null;
  const bound = (text: string): Release => {
    const value = parseRelease(text);
    if (value === null) throw new TypeError(`release range with a bound that is no release: ${text}`);
    return value;
  };
  if (range.from !== undefined && compare(parsed, bound(range.from)) < 0) return false;
  return range.before === undefined || compare(parsed, bound(range.before)) < 0;
}

/** The range in words: `from 11.6 to before 12.5(1)SU2`. */
export function rangeTitle(range: ReleaseRange): string {
  const parts = [
    range.from === undefined ? '' : `from ${range.from}`,
    range.before === undefined ? '' : `before ${range.before}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'all releases' : parts.join(', ');
}
