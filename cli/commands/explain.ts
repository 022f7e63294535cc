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
    (await import('../run-explain.ts')).runExplain(id);
  },
};
