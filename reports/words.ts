import type { Missing, Severity } from '#model/finding.ts';
import type { CertificateFacts } from './certificates.ts';
import { visible } from './escape.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `1 port`, `3 ports`; `several` where the plural is not an s. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : several}`;
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

/** A failure in words: what was seen, and what to do about it. */
export interface FailureWords {
  readonly seen: string;
  readonly advice: string;
}

const stages = {
  connect: 'while connecting',
  handshake: 'during the TLS handshake',
  dialogue: 'after the TLS handshake',
} as const;

const rereadInventory = 'Check that the port and address in the inventory are right.';

/** Why something could not be looked at. */
export function failureWords(failure: Missing['failure']): FailureWords {
  if (failure === 'not-probed') {
    return { seen: 'it was not probed', advice: 'Ask for it: run uccert trust, or scan with --deep.' };
  }
  switch (failure.reason) {
    case 'name-not-resolved':
      return {
        seen: `the name ${visible(failure.name)} does not resolve`,
        advice: 'Put the name into DNS, or give the address in the inventory.',
      };
    case 'connection-refused':
      return {
        seen: 'connection refused',
        advice: 'Start the service, or take the port out of the inventory if it is meant to be off.',
      };
    case 'host-unreachable':
      return {
        seen: `host unreachable (${visible(failure.code)})`,
        advice: 'Check the route and the firewall between this machine and that one, and that it is switched on.',
      };
    case 'timed-out':
      return {
        seen: `no answer within ${(failure.afterMs / 1000).toLocaleString('en-GB')} s ${stages[failure.stage]}`,
        advice:
          failure.stage === 'connect'
            ? 'A firewall that drops packets looks like this: check the path, or probe from another vantage point.'
            : 'The machine accepts connections but does not answer: look at its load and at the service behind the port.',
      };
    case 'connection-reset':
      return {
        seen: `connection reset ${stages[failure.stage]}`,
        advice: 'Look for a firewall or intrusion prevention system on the path, and at the log of the service.',
      };
    case 'connection-closed':
      return {
        seen: `connection closed ${stages[failure.stage]}`,
        advice: 'Look at the log of the service; it may be starting, or allow only certain addresses.',
      };
    case 'not-tls':
      return {
        seen:
          failure.speech === 'unknown'
            ? 'the answer is not TLS'
            : `the answer is not TLS but ${failure.speech.toUpperCase()}`,
        advice: rereadInventory,
      };
    case 'tls-alert':
      return {
        seen: `the server ended the handshake with the TLS alert ${visible(failure.alert)}`,
        advice: 'Check which protocol versions and server_name the service accepts.',
      };
    case 'tls-protocol-error':
      return {
        seen: `the server broke the TLS protocol (${visible(failure.code)})`,
        advice: `${rereadInventory} If they are, look at what stands between: a proxy or load balancer may answer.`,
      };
    case 'limit-exceeded':
      return {
        seen: `the answer was cut off at a limit (${visible(failure.limit)})`,
        advice: 'The service sends far more than TLS needs: look at what really listens there.',
      };
    case 'certificate-unreadable':
      return {
        seen: `the certificate cannot be read: ${visible(failure.message)}`,
        advice: 'Put the malformed certificate right first; what depends on it can be judged then.',
      };
    case 'issuer-not-seen':
      return {
        seen: `the issuer's certificate was not seen: ${visible(failure.issuer)}`,
        advice: 'Give it with --anchors or as an anchor of a client in the inventory.',
      };
    case 'no-credentials':
      return {
        seen: `no credentials are given for ${failure.machine}`,
        advice: `Add credentials for ${failure.machine} to the inventory, by reference.`,
      };
    case 'not-authorised':
      return {
        seen: `signing in as ${visible(failure.as)} was refused`,
        advice: 'Check the password, and that the account is not locked and may read certificates.',
      };
    case 'host-key-differs':
      return {
        seen: `the SSH host key is ${visible(failure.seen)}, not ${visible(failure.expected)} as pinned`,
        advice: "Ask the machine's owner whether it was rebuilt. If so, pin the new key; if not, do not sign in.",
      };
    case 'host-key-not-pinned':
      return {
        seen: `no SSH host key is pinned; the machine shows ${visible(failure.seen)}`,
        advice: "Compare it with the key on the machine's console, then pin it in the inventory.",
      };
    case 'unexpected-answer':
      return {
        seen: `the answer to ${visible(failure.to)} was not understood: ${visible(failure.answer)}`,
        advice: 'Run the command by hand and compare; the release may answer differently.',
      };
    case 'browser-unavailable':
      return {
        seen: `no browser could be started: ${visible(failure.message)}`,
        advice: 'Install Chromium on this machine, then run uccert browse again.',
      };
    case 'defect-in-uccert':
      return {
        seen: `uccert itself failed: ${visible(failure.message)}`,
        advice: 'This is a defect in uccert, not in the machine: please report it with run.json.',
      };
  }
}
