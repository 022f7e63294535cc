import type { CommandModule } from 'yargs';

export const explainCommand: CommandModule<object, { id: string }> = {
  command: 'explain <id>',
  describe: "Print a fault's page: what people see, why, what to do, who says so",
  builder: (yargs) =>
    yargs
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Id of a fault; uccert list faults shows them',
      })
      .example('$0 explain certificate-expired', 'The page of one fault'),
  handler: async ({ id }) => {
    const [{ faultOf, faults }, { faultPage }, { UsageError }, { print }] = await Promise.all([
      import('#faults/index.ts'),
      import('../fault-page.ts'),
      import('#model/errors.ts'),
      import('../terminal.ts'),
    ]);
    const fault = faultOf(id);
    if (fault !== undefined) {
      print(inTerminal(faultPage(fault)));
      return;
    }
    const near = faults
      .map((candidate) => candidate.id)
      .filter((candidate) => id.split('-').some((word) => word.length > 3 && candidate.includes(word)));
    throw new UsageError({
      seen: `There is no fault ${id}.`,
      matters: 'A page is made from the catalogue.',
      todo: near.length === 0 ? 'uccert list faults shows them all.' : `Did you mean ${near.slice(0, 4).join(', ')}?`,
    });
  },
};

/** The same page without what only a Markdown reader makes sense of. */
function inTerminal(page: string): string {
  return page
    .replace(/^\| \| \|\n\|---\|---\|\n/m, '')
    .replace(/^\| (.+?) \| (.+) \|$/gm, (_line, label: string, value: string) => `${label}\n  ${value}\n`)
    .replace(/^#+ (.+)$/gm, (_line, title: string) => title.toUpperCase())
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/\[`?([^\]`]+)`?\]\((\.\.\/[^)]+)\)/g, '$1')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 <$2>')
    .replace(/^ *```.*\n/gm, '');
}
