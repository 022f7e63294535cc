import { join } from 'node:path';
import { loadInventory } from '#inventory/load.ts';
import { runbookHtml } from '#reports/runbook/html.ts';
import { runbookMarkdown } from '#reports/runbook/markdown.ts';
import { loadPlan } from '#workflow/plan-store.ts';
import { writeWhole } from '#workflow/whole-file.ts';
import { makeRunbook } from '#workflow/runbook.ts';
import type { RunbookArguments } from './arguments.ts';
import { plansFolder } from './places.ts';
import { print, say } from './terminal.ts';

/** Writes a plan as a runbook: Markdown on standard output, or both forms into a folder. Changes nothing. */
export function runRunbook(wanted: RunbookArguments): void {
  const plan = loadPlan(wanted.plan, plansFolder());
  const runbook = makeRunbook(plan, loadInventory(wanted.inventory ?? plan.inventory));
  if (wanted.out !== undefined) {
    for (const [name, contents] of [
      ['runbook.md', runbookMarkdown(runbook)],
      ['runbook.html', runbookHtml(runbook)],
    ] as const) {
      writeWhole(join(wanted.out, name), contents);
      say(join(wanted.out, name));
    }
  }
  if (wanted.json) print(JSON.stringify(runbook, null, 2));
  else if (wanted.out === undefined) print(runbookMarkdown(runbook));
}
