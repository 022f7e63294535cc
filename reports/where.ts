import type { Subject } from '#model/finding.ts';
import { shownAt } from '#model/subject.ts';
import type { Place } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { list } from './words.ts';

/** The places on one machine that share a finding: its ports, or one store, name or link. */
export interface Where {
  /** Null for a file. */
  readonly machine: string | null;
  /** Ascending; empty unless the places are ports. */
  readonly ports: readonly number[];
  /** Address and server_name where the port alone does not say it, or the store, name or link in words; may be empty. */
  readonly detail: string;
  /** Clients whose trust was judged; empty where trust is not meant. */
  readonly clients: readonly string[];
}

/** Machines that were looked at under more than one address or server_name: only there does a port alone not say which. */
export function ambiguousMachines(run: Run): ReadonlySet<string> {
  const first = new Map<string, string>();
  const ambiguous = new Set<string>();
  let last: Place | null = null;
  for (const { place } of run.observations) {
    // What was seen of a port stands together.
    if (place === last || place.at !== 'endpoint') continue;
    last = place;
    const name = `${place.address ?? ''} ${place.serverName ?? ''}`;
    const known = first.get(place.machine);
    if (known === undefined) first.set(place.machine, name);
    else if (known !== name) ambiguous.add(place.machine);
  }
  return ambiguous;
}

/** Subjects folded: one entry a machine and detail, with all its ports and all clients that see the same. */
export function foldSubjects(subjects: readonly Subject[], ambiguous: ReadonlySet<string>): readonly Where[] {
  const folded = new Map<
    string,
    { machine: string | null; detail: string; ports: Set<number>; clients: Set<string> }
  >();
  for (const subject of subjects) {
    const machine = machineOf(subject);
    const detail = detailOf(subject, ambiguous);
    const key = JSON.stringify([machine, detail, subject.scope]);
    const entry = folded.get(key) ?? { machine, detail, ports: new Set(), clients: new Set() };
    if (subject.scope === 'endpoint') entry.ports.add(subject.port);
    if (subject.client !== undefined) entry.clients.add(subject.client);
    folded.set(key, entry);
  }
  return [...folded.values()].map(({ machine, detail, ports, clients }) => ({
    machine,
    detail,
    ports: [...ports].sort((one, other) => one - other),
    clients: [...clients].sort(),
  }));
}

/** Ports in words, neighbours folded: `443 5223 7443 8443-8445`. */
export function portsWords(ports: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const port of ports) {
    const last = ranges.at(-1);
    if (last !== undefined && port === last[1] + 1) last[1] = port;
    else ranges.push([port, port]);
  }
  return ranges
    .map(([first, last]) => {
      if (first === last) return String(first);
      return last === first + 1 ? `${first} ${last}` : `${first}-${last}`;
    })
    .join(' ');
}

/** All but the machine, on one line. */
export function placesWords({ ports, detail, clients }: Where): string {
  const seenBy = clients.length === 0 ? '' : `as seen by ${list(clients)}`;
  return [portsWords(ports), detail, seenBy].filter((part) => part !== '').join('  ');
}

/** The whole on one line. */
export function whereWords(where: Where): string {
  return [where.machine ?? '', placesWords(where)].filter((part) => part !== '').join(' ');
}

/** Targets folded: each fault once, with everything it is about. `title` names a fault. */
export function targetsWords(
  targets: readonly { readonly fault: string; readonly subject: Subject }[],
  title: (fault: string) => string,
): string {
  const faults = [...new Set(targets.map(({ fault }) => fault))];
  const parts = faults.map((fault) => {
    const subjects = targets.filter((target) => target.fault === fault).map(({ subject }) => subject);
    return `${title(fault)} (${subjectsWords(subjects)})`;
  });
  return list(parts);
}

/** Subjects in one line; what a store relies on stands together. */
export function subjectsWords(subjects: readonly Subject[]): string {
  const links = subjects.filter((subject) => subject.scope === 'trust-relation');
  const others = foldSubjects(
    subjects.filter(({ scope }) => scope !== 'trust-relation'),
    new Set(),
  );
  const stores = Map.groupBy(links, ({ relyingParty, store }) => visible(`${relyingParty} ${store}`));
  return [
    ...others.map(({ machine, ports, detail, clients }) =>
      [machine ?? '', placesWords({ machine, ports, detail, clients }).replaceAll('  ', ' ')]
        .filter((part) => part !== '')
        .join(' '),
    ),
    ...[...stores].map(
      ([store, of]) => `${store}, relying on ${[...new Set(of.map((link) => visible(shownAt(link))))].join(', ')}`,
    ),
  ].join('; ');
}

function machineOf(subject: Subject): string | null {
  if (subject.scope === 'file') return null;
  return visible(subject.scope === 'trust-relation' ? subject.relyingParty : subject.machine);
}

function detailOf(subject: Subject, ambiguous: ReadonlySet<string>): string {
  switch (subject.scope) {
    case 'endpoint': {
      if (!ambiguous.has(subject.machine)) return '';
      const parts = [subject.address, subject.serverName].filter((part) => part !== null);
      return parts.length === 0 ? '' : `(${parts.map(visible).join(', ')})`;
    }
    case 'machine':
      return '';
    case 'name':
      return visible(subject.name);
    case 'store':
      return visible(subject.alias === undefined ? subject.store : `${subject.store}, ${subject.alias}`);
    case 'file':
      return visible(subject.entry === undefined ? subject.path : `${subject.path}, ${subject.entry}`);
    case 'trust-relation':
      return `${visible(subject.store)}, relying on ${visible(shownAt(subject))}`;
  }
}
