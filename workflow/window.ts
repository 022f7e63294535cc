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
