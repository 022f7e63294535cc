import type { Finding, Subject } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import type { Where } from './where.ts';
import { count, list } from './words.ts';

/** A trust store that leads to none of the machines that its owner relies on: one cause, however many links it breaks. */
export interface LostStore {
  readonly machine: MachineId;
  readonly store: string;
  readonly presenters: readonly MachineId[];
}

/** Two certificates may be missing by chance; from so many on it is the store. */
const fewest = 3;
/** The table of links shows them all. */
const mostNamed = 6;

/** The lost stores of a run, by the key of their links. */
export function lostStores({ findings }: Run): ReadonlyMap<string, LostStore> {
  const about = Map.groupBy(findings.filter(isOfTrust), ({ subject }) => storeKey(subject) ?? '');
  const lost = [...about].flatMap(([key, of]): [string, LostStore][] => {
    const [first] = of;
    if (first?.subject.scope !== 'trust-relation' || !of.every(isPresent)) return [];
    const { relyingParty: machine, store } = first.subject;
    const presenters = [
      ...new Set(of.flatMap(({ subject }) => (subject.scope === 'trust-relation' ? [subject.presenter] : []))),
    ].sort();
    return presenters.length < fewest ? [] : [[key, { machine, store, presenters }]];
  });
  return new Map(lost);
}

function isOfTrust({ fault, subject }: Finding): boolean {
  return fault === 'peer-not-trusted' && subject.scope === 'trust-relation';
}

/** The store that a finding rests on, where it is about trust that is missing. */
export function storeKey(subject: Subject): string | null {
  return subject.scope === 'trust-relation' ? JSON.stringify([subject.relyingParty, subject.store]) : null;
}

export function lostStoreTitle({ machine, store }: LostStore): string {
  return `${visible(store)} of ${visible(machine)} holds nothing that its machine relies on`;
}

export function lostStoreWords({ machine, store, presenters }: LostStore): string {
  return `${visible(store)} leads to none of the ${count(presenters.length, 'machine')} that ${visible(machine)} relies on: it was lost or replaced as a whole, or never filled`;
}

export function lostStoreWhere({ machine, store, presenters }: LostStore): Where {
  const named = presenters.slice(0, mostNamed).map(visible);
  const others = presenters.length - named.length;
  const all = others === 0 ? named : [...named, count(others, 'other machine')];
  const detail = `${visible(store)}, relying on ${list(all)}`;
  return { machine: visible(machine), ports: [], detail, clients: [] };
}
