import { failureWords as rawFailureWords, type FailureWords } from '#model/failure-words.ts';
import type { Missing, Severity, Status } from '#model/finding.ts';
import type { CertificateFacts } from './certificates.ts';
import { visible } from './escape.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `1 port`, `3 ports`; `several` where the plural is not an s. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : several}`;
}

/** `12,345`. By hand, since the platform takes as long to get ready for it as for all else that is printed. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `838 checks well, 11 not, 537 did not apply, 0 not judged`. */
export function countsWords(counts: Readonly<Record<Status, number>>): string {
  const { present, absent, inconclusive, 'not-applicable': notApplicable } = counts;
  return `${count(absent, 'check')} well, ${grouped(present)} not, ${grouped(notApplicable)} did not apply, ${grouped(inconclusive)} not judged`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The day in UTC, `2026-11-22`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, instant.getUTCFullYear() > 9999 ? 13 : 10);
}

/** Day and time in UTC, `2026-11-22 03:15 UTC`. */
export function timeOf(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** A length of time in its largest sensible unit, rounded down: `40 minutes`, `17 days`, `3 years`. */
export function spanWords(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span < minute) return count(Math.floor(span / 1000), 'second');
  if (span < 2 * hour) return count(Math.floor(span / minute), 'minute');
  if (span < 2 * day) return count(Math.floor(span / hour), 'hour');
  if (span < 730 * day) return count(Math.floor(span / day), 'day');
  return count(Math.floor(span / (365.2425 * day)), 'year');
}

/** `expired 12 days ago`, `expires in 17 days`, from notAfter and the time of judging. */
export function expiryWords(notAfter: Date, at: Date): string {
  const left = notAfter.getTime() - at.getTime();
  return left < 0 ? `expired ${spanWords(left)} ago` : `expires in ${spanWords(left)}`;
}

/** The name a certificate goes by: commonName, else subjectAltName, else the start of its SHA-256. */
export function certificateName(certificate: CertificateFacts): string {
  if (!certificate.isReadable) return `certificate ${certificate.sha256.slice(0, 12)} that cannot be read`;
  const name = certificate.commonName ?? certificate.alternativeNames[0]?.replace(/^[^:]*:/, '');
  return visible(name ?? `certificate ${certificate.sha256.slice(0, 12)}`);
}

/** One line: whose it is, who issued it, and when it ends. */
export function certificateLine(certificate: CertificateFacts, at: Date): string {
  if (!certificate.isReadable) return `SHA-256 ${certificate.sha256}: cannot be read as a certificate`;
  const issuer = certificate.isSelfIssued
    ? 'self-issued'
    : `issued by ${visible(certificate.issuerCommonName ?? certificate.issuer)}`;
  const ends = `notAfter ${dayOf(certificate.notAfter)}, ${expiryWords(certificate.notAfter, at)}`;
  return `${certificateName(certificate)}, ${issuer}, ${ends}`;
}

/** What each severity means, as design §5 fixes it. */
export const severityMeaning: Readonly<Record<Severity, string>> = {
  critical: 'agents or calls stop',
  major: 'a function stops, or will within 30 days',
  minor: 'nothing stops, but it is wrong',
  notice: 'worth knowing',
};

/** Why something was not seen, fit to be shown. */
export function failureWords(failure: Missing['failure']): FailureWords {
  const { seen, advice } = rawFailureWords(failure);
  return { seen: visible(seen), advice: visible(advice) };
}

/** `uccx1, uccx2: Cisco Tomcat, Cisco Finesse Tomcat`. */
export function restartWords({
  machines,
  services,
}: {
  readonly machines: readonly string[];
  readonly services: readonly string[];
}): string {
  return `${machines.join(', ')}: ${services.join(', ')}`;
}
