import type { MaintenanceWindow } from '#inventory/load.ts';

/** Whether a time lies in the window; a window from 22:00 to 04:00 spans midnight. */
export function isInWindow(window: MaintenanceWindow, now: Date): boolean {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: window.timeZone,
  }).format(now);
  return window.from <= window.to
    ? window.from <= clock && clock < window.to
    : clock >= window.from || clock < window.to;
}

const minute = 60_000;

/** The minute in which a window that is closed opens; null where it has no hours at all. Looked for, as clocks are put forward and back. */
function nextOpening(window: MaintenanceWindow, now: Date): Date | null {
  const begun = Math.floor(now.getTime() / minute);
  for (let ahead = 1; ahead <= 2 * 24 * 60; ahead += 1) {
    const then = new Date((begun + ahead) * minute);
    if (isInWindow(window, then)) return then;
  }
  return null;
}

/** A window that is closed, and when it opens next, in words: `22:00 to 04:00 Europe/Berlin, opens next at 2026-11-23 22:00`. Null where it is open. */
export function closedWords(window: MaintenanceWindow, now: Date): string | null {
  if (isInWindow(window, now)) return null;
  const opening = nextOpening(window, now);
  // Swedish writes a date as ISO 8601 does.
  const inWords = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: window.timeZone,
  });
  const next = opening === null ? 'never opens' : `opens next at ${inWords.format(opening)}`;
  return `${window.from} to ${window.to} ${window.timeZone}, ${next}`;
}
