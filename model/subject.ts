import type { Subject, Unprobed } from './finding.ts';
import type { MachineId } from './names.ts';

/** The end of a link that shows a certificate. */
type ShowingEnd = { readonly presenter: MachineId } & (
  { readonly port: number } | { readonly presents: Unprobed; readonly identity: string }
);

/** Where a link meets the certificate: `cucm1:8443`, `host.pem of pg1a as a client`, `host.pem of router1a`. */
export function shownAt(end: ShowingEnd): string {
  if ('port' in end) return `${end.presenter}:${String(end.port)}`;
  return `${end.identity} of ${end.presenter}${end.presents === 'as-client' ? ' as a client' : ''}`;
}

/** The subject as one stable line. Messages and dates stay outside, so a finding keeps its identity from night to night. */
export function subjectKey(subject: Subject): string {
  const seenBy = subject.client === undefined ? '' : ` seen by ${subject.client}`;
  switch (subject.scope) {
    case 'endpoint': {
      const where = [subject.address, subject.serverName].filter((part) => part !== null).join(' ');
      const page = subject.page === undefined ? '' : ` page ${subject.page}`;
      return `endpoint ${subject.machine}:${String(subject.port)}${where === '' ? '' : ` (${where})`}${page}${seenBy}`;
    }
    case 'machine':
      return `machine ${subject.machine}${seenBy}`;
    case 'name':
      return `name ${subject.name} of ${subject.machine}${seenBy}`;
    case 'store':
      return `store ${subject.store}${subject.alias === undefined ? '' : `/${subject.alias}`} of ${subject.machine}${seenBy}`;
    case 'file':
      return `file ${subject.path}${subject.entry === undefined ? '' : ` ${subject.entry}`}${seenBy}`;
    case 'trust-relation':
      return `trust of ${subject.relyingParty} ${subject.store} in ${shownAt(subject)}${seenBy}`;
  }
}

/** The subject in words, for people. */
export function subjectTitle(subject: Subject): string {
  const seenBy = subject.client === undefined ? '' : ` as seen by ${subject.client}`;
  switch (subject.scope) {
    case 'endpoint':
      return `${subject.machine}:${String(subject.port)}${subject.page === undefined ? '' : `, ${subject.page},`}${seenBy}`;
    case 'machine':
      return `${subject.machine}${seenBy}`;
    case 'name':
      return `${subject.name} (${subject.machine})${seenBy}`;
    case 'store':
      return `${subject.store}${subject.alias === undefined ? '' : `, ${subject.alias}`} of ${subject.machine}${seenBy}`;
    case 'file':
      return `${subject.path}${subject.entry === undefined ? '' : `, ${subject.entry}`}${seenBy}`;
    case 'trust-relation':
      return `${subject.relyingParty} (${subject.store}) relying on ${shownAt(subject)}${seenBy}`;
  }
}

/** The machine a finding belongs to when findings are put in groups: the one that presents, or that holds the store. */
export function subjectMachine(subject: Subject): MachineId | null {
  switch (subject.scope) {
    case 'endpoint':
    case 'machine':
    case 'name':
    case 'store':
      return subject.machine;
    case 'trust-relation':
      return subject.relyingParty;
    case 'file':
      return null;
  }
}
