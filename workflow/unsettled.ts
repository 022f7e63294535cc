import type { Subject } from '#model/finding.ts';
import { subjectTitle } from '#model/subject.ts';
import type { Judged } from './recheck.ts';

/** What the detectors do not call absent, in words: what is there, and what could not be looked at. */
export function unsettledIn(judged: readonly Judged[]): { readonly present: string[]; readonly notSeen: string[] } {
  const isOf = (status: 'present' | 'inconclusive') => (one: Judged) =>
    (one.finding?.verdict.status ?? 'inconclusive') === status;
  const inWords = (status: 'present' | 'inconclusive', ending: string): string[] =>
    [...Map.groupBy(judged.filter(isOf(status)), ({ target }) => target.fault)].map(
      ([fault, ones]) => `${fault} at ${placesOf(ones.map(({ target }) => target.subject))} ${ending}`,
    );
  return { present: inWords('present', 'is present'), notSeen: inWords('inconclusive', 'could not be judged') };
}

/** `uccx1:443 8443, uccx2 tomcat-trust`: the ports of a machine together. */
function placesOf(subjects: readonly Subject[]): string {
  const ports = Map.groupBy(subjects, (subject) => (subject.scope === 'endpoint' ? subject.machine : null));
  const others = (ports.get(null) ?? []).map(subjectTitle);
  ports.delete(null);
  const ofMachines = [...ports].map(([machine, own]) => {
    const numbers = own.flatMap((subject) => (subject.scope === 'endpoint' ? [subject.port] : []));
    return `${String(machine)}:${[...new Set(numbers)].join(' ')}`;
  });
  return [...ofMachines, ...new Set(others)].join(', ');
}
