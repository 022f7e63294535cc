import { faultOf, type FaultId } from '#faults/index.ts';
import { labCommandFor } from '#lab/need.ts';
import { faultsShownBy, labOf, lookCommand, usualFolder, type Scenario } from '#lab/scenario.ts';
import { remediations } from '#remediations/index.ts';
import { howDecided } from './how-decided.ts';
import { whyNoFix } from './why-no-fix.ts';

/** The page of a scenario as Markdown: what happened, what shows it, what to do, and how to rehearse it. */
export function scenarioPage(scenario: Scenario): string {
  const { id, title, story, refusedAt = [], look } = scenario;
  const faults = faultsShownBy(scenario);
  return [
    `# ${id}`,
    '',
    `**${title}.** A scenario of the lab (${labOf(scenario)}).`,
    '',
    story,
    '',
    '## What shows it',
    '',
    ...faults.flatMap((fault) => shown(fault, scenario)),
    ...(refusedAt.length === 0
      ? []
      : [`- Browsers refuse ${refusedAt.map(({ on, port }) => `${on}:${String(port)}`).join(', ')}`]),
    '',
    '## What to do',
    '',
    ...faults.flatMap(todo),
    '',
    '## Rehearse it',
    '',
    '```sh',
    labCommandFor(scenario),
    `uccert lab break ${id}`,
    lookCommand(scenario, usualFolder),
    ...(look?.with === 'check' ? [] : ['uccert plan', 'uccert apply last --accept-irreversible']),
    'uccert lab heal',
    '```',
    '',
  ].join('\n');
}

function shown(id: FaultId, { expects }: Scenario): string[] {
  const fault = faultOf(id);
  if (fault === undefined) return [];
  const where = expects.filter((expected) => expected.fault === id).map(placeOf);
  const at = where.length === 0 ? '' : `, at ${[...new Set(where)].join('; ')}`;
  return [`- **${id}**: ${fault.title}${at}. Decided by ${howDecided[fault.judges].by}.`];
}

function placeOf({ on, ports, store, file, presenter }: Scenario['expects'][number]): string {
  if (file !== undefined) return file;
  const of =
    typeof ports === 'string' ? ` (ports of ${ports})` : (ports?.map((port) => ` ${String(port)}`).join('') ?? '');
  const relied = presenter === undefined ? '' : `, relying on ${presenter}`;
  return `${on}${of}${store === undefined ? '' : ` ${store}`}${relied}`;
}

function todo(id: FaultId): string[] {
  const fault = faultOf(id);
  if (fault === undefined) return [];
  const fixes = remediations.filter((remediation) => remediation.fixes.some((fixed) => fixed === id));
  const by =
    fixes.length === 0
      ? `No plan does it: ${whyNoFix(fault)}.`
      : `In a plan: ${fixes.map((fix) => fix.id).join(', ')}.`;
  return [`- **${id}**: ${fault.advice} ${by}`];
}
