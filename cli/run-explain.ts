import { UsageError } from '#model/errors.ts';
import { faultOf, faults } from '#faults/index.ts';
import { relations } from '#products/relations.ts';
import { faultPage } from './fault-page.ts';
import { hanging } from './hanging.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { relationPage } from './relation-page.ts';
import { scenarioPage } from './scenario-page.ts';
import { print, terminalWidth } from './terminal.ts';

/** Prints the page of a fault, of a link, or of a scenario of the lab. */
export function runExplain(id: string): void {
  const fault = faultOf(id);
  if (fault !== undefined) {
    print(inTerminal(faultPage(fault)));
    return;
  }
  const relation = relations.find((candidate) => candidate.id === id);
  if (relation !== undefined) {
    print(inTerminal(relationPage(relation)));
    return;
  }
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (scenario !== undefined) {
    print(inTerminal(scenarioPage(scenario)));
    return;
  }
  const words = id.split('-').filter((word) => word.length > 3);
  const near = [...faults, ...relations, ...scenarios]
    .filter((candidate) => words.some((word) => candidate.id.includes(word)))
    .map((candidate) => candidate.id);
  throw new UsageError({
    seen: `There is no fault, no relation and no scenario ${id}.`,
    matters: 'A page is made from the catalogue.',
    todo:
      near.length === 0
        ? 'uccert list faults, uccert list relations and uccert lab list show them all.'
        : `Did you mean ${near.slice(0, 4).join(', ')}?`,
  });
}

/** The same page without what only a Markdown reader makes sense of. */
function inTerminal(page: string): string {
  const text = page
    .replace(/^\| \| \|\n\|---\|---\|\n/m, '')
    .replace(/^\| (.+?) \| (.+) \|$/gm, (_line, label: string, value: string) => `${label}\n  ${value}\n`)
    .replace(/^#+ (.+)$/gm, (_line, title: string) => title.toUpperCase())
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/\[`?([^\]`]+)`?\]\((\.\.\/[^)]+)\)/g, '$1')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 <$2>')
    .replace(/^ *```.*\n/gm, '');
  return text
    .split('\n')
    .flatMap((line) => hanging(line, terminalWidth()))
    .join('\n');
}
