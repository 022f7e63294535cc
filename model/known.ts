import type { Finding } from './finding.ts';
import type { KnownProblem } from './known-problem.ts';
import type { MachineId } from './names.ts';
import type { Run } from './run.ts';

/**
 * excused: there, and before its day. run-out: there, and counts again. not-seen: looked for and well. not-asked: the run did
 * not look for it.
 */
export type KnownState = 'excused' | 'run-out' | 'not-seen' | 'not-asked';

/** What a run says of a known problem. */
export interface Known {
  readonly problem: KnownProblem;
  readonly state: KnownState;
  /** Those it is about, present or inconclusive. */
  readonly findings: readonly Finding[];
}

/** The known problems of a run, each as it stands at the time of judging. */
export function knownIn({ inventory, findings, asked, judgedAt }: KnownRun): readonly Known[] {
  return (inventory.known ?? []).map((problem) => {
    const about = findings.filter((finding) => isAbout(problem, finding));
    const open = about.filter(({ verdict }) => verdict.status === 'present' || verdict.status === 'inconclusive');
    if (open.length === 0) {
      const state = asked.faults.includes(problem.fault) && about.length > 0 ? 'not-seen' : 'not-asked';
      return { problem, state, findings: [] };
    }
    const isOver = Date.parse(judgedAt) >= Date.parse(`${problem.until}T00:00:00Z`) + dayMs;
    return { problem, state: isOver ? 'run-out' : 'excused', findings: open };
  });
}

/** The findings that decide nothing, each with the known problem that excuses it. */
export function excusedIn(run: KnownRun): ReadonlyMap<Finding, KnownProblem> {
  const excused = knownIn(run).filter(({ state }) => state === 'excused');
  return new Map(excused.flatMap(({ problem, findings }) => findings.map((finding) => [finding, problem] as const)));
}

type KnownRun = Pick<Run, 'inventory' | 'findings' | 'asked' | 'judgedAt'>;

const dayMs = 24 * 60 * 60_000;

function isAbout({ fault, machine, port, page, client }: KnownProblem, finding: Finding): boolean {
  const { subject } = finding;
  return (
    fault === finding.fault &&
    (machine === undefined || machinesOf(subject).includes(machine)) &&
    (port === undefined || ('port' in subject && subject.port === port)) &&
    (page === undefined || ('page' in subject && subject.page === page)) &&
    (client === undefined || subject.client === client)
  );
}

/** The machine itself, or both ends of a link. */
function machinesOf(subject: Finding['subject']): readonly MachineId[] {
  if (subject.scope === 'file') return [];
  return subject.scope === 'trust-relation' ? [subject.relyingParty, subject.presenter] : [subject.machine];
}

/** `certificate-expired at uccx1:8445`. */
export function knownWhere({ fault, machine, port, page, client }: KnownProblem): string {
  const place = [machine, port].filter((part) => part !== undefined).join(':');
  const parts = [page, place, client === undefined ? undefined : `as seen by ${client}`];
  const where = parts.filter((part) => part !== undefined && part !== '').join(', ');
  return where === '' ? fault : `${fault} at ${where}`;
}
