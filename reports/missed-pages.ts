import type { PresentFinding } from '#model/finding.ts';
import { subjectMachine } from '#model/subject.ts';
import { visible } from './escape.ts';
import { list } from './words.ts';

/** The pages of one machine that people miss for one cause. */
export interface MissedPages {
  readonly machine: string;
  /** `Finesse sign-in, Finesse desktop (agent, supervisor)`. */
  readonly pages: string;
  /** Clients at which they are missed. */
  readonly clients: readonly string[];
}

/** Pages by machine and by who misses them. */
export function missedPages(findings: readonly PresentFinding[]): readonly MissedPages[] {
  const seenBy = new Map<string, { machine: string; page: string; clients: Set<string> }>();
  for (const { subject } of findings) {
    if (subject.scope !== 'endpoint') continue;
    const { machine, page = `port ${String(subject.port)}`, client } = subject;
    const key = JSON.stringify([machine, page]);
    const entry = seenBy.get(key) ?? { machine, page, clients: new Set<string>() };
    if (client !== undefined) entry.clients.add(client);
    seenBy.set(key, entry);
  }
  const alike = Map.groupBy(seenBy.values(), ({ machine, clients }) => JSON.stringify([machine, [...clients].sort()]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const pages = pagesWords(group.map(({ page }) => page));
    return [{ machine: visible(first.machine), pages: visible(pages), clients: [...first.clients].sort() }];
  });
}

/** `Finesse sign-in, Finesse desktop (agent, supervisor)`: those of several roles once. */
export function pagesWords(pages: readonly string[]): string {
  const byName = Map.groupBy(pages, (page) => page.split(', ')[0] ?? page);
  return [...byName]
    .map(([name, all]) => {
      const roles = all.map((page) => page.slice(name.length + 2)).filter((role) => role !== '');
      if (roles.length === 0) return name;
      const parts = all.includes(name) ? ['sign-in page', ...roles] : roles;
      return `${name} (${[...new Set(parts)].join(', ')})`;
    })
    .join(', ');
}

/** All but the machine, on one line. */
export function missedWords({ pages, clients }: MissedPages): string {
  return clients.length === 0 ? pages : `${pages}  as seen by ${list(clients)}`;
}

/** `uccx1 and uccx2 ask 8443 on cucm1, which presents …`: why pages are missed whose own ports are well, each link once. */
export function askedWords(findings: readonly PresentFinding[]): readonly string[] {
  const links = findings.flatMap(({ subject, verdict: { asks = [] } }) =>
    asks.map((asked) => ({ machine: subjectMachine(subject) ?? '', asked })),
  );
  return [...Map.groupBy(links, ({ asked }) => asked)].map(([asked, alike]) => {
    const machines = [...new Set(alike.map(({ machine }) => machine))].sort();
    return visible(`${list(machines)} ${machines.length === 1 ? 'asks' : 'ask'} ${asked}`);
  });
}

/** What people see: at pages whose machine asks another one what their page says, and no warning where no browser was stopped. */
export function symptomWords(findings: readonly PresentFinding[], ofCause: string): string {
  const asked = findings.filter(({ verdict }) => verdict.asks !== undefined);
  const seen = new Set(asked.map(({ verdict }) => visible(verdict.symptom ?? '')));
  const isStopped = asked.length < findings.length || asked.length === 0;
  return [...(isStopped ? [ofCause] : []), ...seen].join(' ');
}

/** The files that show them, by what they are. */
export function filesOfPages(
  findings: readonly PresentFinding[],
): readonly { readonly label: string; readonly values: readonly string[] }[] {
  const lines = findings.flatMap(({ verdict }) => verdict.evidence);
  return ['screenshot', 'trace']
    .map((label) => ({
      label,
      values: lines.filter((line) => line.label === label).map(({ value }) => visible(value)),
    }))
    .filter(({ values }) => values.length > 0);
}
