import type { Fault } from '#faults/define-fault.ts';
import { evidenceOf } from '#faults/define-fault.ts';
import { labCommandFor } from '#lab/need.ts';
import { faultsShownBy, lookCommand, usualFolder, type Scenario } from '#lab/scenario.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { rangeTitle } from '#products/release.ts';
import { products } from '#products/index.ts';
import { remediations } from '#remediations/index.ts';
import { howDecided } from './how-decided.ts';
import { whyNoFix } from './why-no-fix.ts';

/** The page of a fault as Markdown: all of it comes from the catalogue, so there is nothing to keep in step. */
export function faultPage(fault: Fault): string {
  const fixes = remediations.filter((remediation) => remediation.fixes.some((id) => id === fault.id));
  const shownBy = scenarios.filter((scenario) => faultsShownBy(scenario).some((id) => id === fault.id));
  return [
    `# ${fault.id}`,
    '',
    `**${fault.title}.** Severity ${fault.severity}, category ${fault.category}.`,
    '',
    '| | |',
    '|---|---|',
    `| What people see | ${fault.symptom} |`,
    `| Cause | ${fault.cause} |`,
    `| What to do | ${fault.advice} |`,
    `| When it is not there | ${fault.titleAbsent} |`,
    `| Applies to | ${appliesTo(fault)} |`,
    `| What decides it | ${howDecided[fault.judges].by} |`,
    `| How it is seen | \`${howDecided[fault.judges].look}\` (${evidenceOf[fault.judges].join(', ')}) |`,
    `| Written down in | [\`faults/${fault.category}/${fault.id}.ts\`](../../../faults/${fault.category}/${fault.id}.ts) |`,
    '',
    '## What fixes it',
    '',
    ...(fixes.length === 0
      ? [`None: ${whyNoFix(fault)}. What to do by hand stands above.`]
      : fixes.map(({ id, title, describes }) => `- **${id}**: ${title}. ${describes}`)),
    '',
    '## See it in the lab',
    '',
    ...(shownBy.length === 0
      ? ['No scenario shows it.']
      : shownBy.flatMap((scenario) => [
          `- ${scenario.title}`,
          '',
          '  ```sh',
          `  ${labCommandFor(scenario)} && uccert lab break ${scenario.id} && ${commandFor(fault, scenario)}`,
          '  ```',
        ])),
    '',
    '## Sources',
    '',
    ...fault.sources.map(
      ({ document, section, url, confidence, read }) =>
        `- [${document}](${url}), ${section}${confidence === 'documented' ? '' : ` (${confidence})`}, read ${read}`,
    ),
    '',
  ].join('\n');
}

function ofFiles({ judges }: Pick<Fault, 'judges'>): boolean {
  return judges === 'file' || judges === 'key-store' || judges === 'reply';
}

/** The command that asks for what the fault is judged by, in the lab that the scenario broke. */
function commandFor({ id, judges }: Fault, scenario: Scenario): string {
  if (judges === 'page') return howDecided.page.look;
  const onOthers = scenario.expects.some(({ fault, file }) => fault === id && file === undefined);
  if (!onOthers || judges === 'revocation') return lookCommand(scenario, usualFolder);
  return howDecided[judges].look;
}

function appliesTo({ appliesTo: rules, judges }: Fault): string {
  if (rules === undefined) return ofFiles({ judges }) ? 'files on their way to a machine' : 'every TLS server';
  return rules
    .map(
      ({ product, releases }) =>
        `${products.find(({ id }) => id === product)?.title ?? product}, ${rangeTitle(releases ?? {})}`,
    )
    .join('; ');
}
