import type { CommandModule } from 'yargs';
import type { RunbookArguments } from '../arguments.ts';

export const runbookCommand: CommandModule<object, RunbookArguments> = {
  command: 'runbook [plan]',
  describe: 'Write a plan as a document for people: every command, click and value',
  builder: (yargs) =>
    yargs
      .positional('plan', { type: 'string', default: 'last', describe: 'Plan: file, folder, id or "last"' })
      .option('inventory', {
        type: 'string',
        requiresArg: true,
        describe: 'Inventory file; the one the plan was made with unless named',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'Folder for runbook.md and runbook.html' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the document as JSON' })
      .example('$0 runbook last --out change', 'What to do, to check, and how to go back, to print and sign'),
  handler: async (wanted) => (await import('../run-runbook.ts')).runRunbook(wanted),
};
