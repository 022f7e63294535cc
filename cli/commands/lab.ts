import type { Argv, CommandModule } from 'yargs';

/** `uccert lab`: the contact centre in a box. What can be done with it is loaded when it is asked for: no other command should wait for it. */
export const labCommand: CommandModule = {
  command: 'lab',
  describe: 'A contact centre in a box, to try everything on',
  builder: async (yargs: Argv) => (await import('../lab-commands.ts')).withLabCommands(yargs),
  handler: () => undefined,
};
