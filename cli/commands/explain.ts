import type { CommandModule } from 'yargs';

export const explainCommand: CommandModule<object, { id: string }> = {
  command: 'explain <id>',
  describe:
    'Print the page of a fault, of a link between two machines, or of a scenario of the lab: what people see, why, what to do, who says so',
  builder: (yargs) =>
    yargs
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Id of a fault, a relation or a scenario; uccert list faults, uccert list relations, uccert lab list',
      })
      .example('$0 explain certificate-expired', 'The page of one fault')
      .example('$0 explain certificate-damaged', 'What one scenario of the lab shows, and how to rehearse it'),
  handler: async ({ id }) => {
    (await import('../run-explain.ts')).runExplain(id);
  },
};
