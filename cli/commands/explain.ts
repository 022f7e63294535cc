import type { CommandModule } from 'yargs';

export const explainCommand: CommandModule<object, { id: string }> = {
  command: 'explain <id>',
  describe:
    'Print the page of a fault, or of a link between two machines: what people see, why, what to do, who says so',
  builder: (yargs) =>
    yargs
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Id of a fault or a relation; uccert list faults, uccert list relations',
      })
      .example('$0 explain certificate-expired', 'The page of one fault'),
  handler: async ({ id }) => {
    (await import('../run-explain.ts')).runExplain(id);
  },
};
