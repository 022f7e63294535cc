import type { Run } from '#model/run.ts';
import { ambiguousMachines, foldSubjects, whereWords } from './where.ts';

/** Pages that the Chrome of one client stops at with one error. */
export interface Stop {
  readonly client: string;
  readonly error: string;
  /** `uccx1 443 8445`, one for each machine. */
  readonly where: readonly string[];
}

/** How many pages the PCs open, and what their Chrome is predicted to stop at. */
export interface BrowserViews {
  readonly pages: number;
  readonly stops: readonly Stop[];
}

/** What the PCs of the inventory are predicted to see; null where nobody's trust was judged, or where browsers themselves were asked. */
export function browserViewsOf(run: Run): BrowserViews | null {
  const { views = [] } = run;
  if (views.length === 0 || run.asked.kinds.includes('browser-page')) return null;
  const groups = Map.groupBy(
    views.filter(({ chrome }) => chrome !== null),
    ({ client, chrome }) => `${client} ${String(chrome)}`,
  );
  const ambiguous = ambiguousMachines(run);
  const stops = [...groups.values()].flatMap((group): Stop[] => {
    const [first] = group;
    if (first?.chrome == null) return [];
    const subjects = group.map(({ machine, port, address, serverName }) => ({
      scope: 'endpoint' as const,
      machine,
      port,
      address,
      serverName,
    }));
    return [{ client: first.client, error: first.chrome, where: foldSubjects(subjects, ambiguous).map(whereWords) }];
  });
  return { pages: views.length, stops };
}
