import type { VosMachine } from '../machine.ts';
import type { Terminal } from '../terminal.ts';
import { certificateCommands } from './certificates.ts';
import { unsuccessful, type Command } from './command.ts';
import { requestCommands } from './requests.ts';
import { serviceCommands } from './services.ts';
import { systemCommands } from './system.ts';
import { tlsCommands } from './tls.ts';

const known: readonly Command[] = [
  ...certificateCommands,
  ...requestCommands,
  ...serviceCommands,
  ...systemCommands,
  ...tlsCommands,
];

/** The prompt: reads commands and runs them until `exit`. */
export async function converse(machine: VosMachine, terminal: Terminal): Promise<void> {
  terminal.print('Command Line Interface is starting up, please wait ...');
  terminal.print();
  terminal.print('   Welcome to the Platform Command Line Interface');
  terminal.print();
  for (;;) {
    const typed = (await terminal.ask('admin:')).replaceAll(/\s+/g, ' ');
    if (typed === '') continue;
    if (typed === 'exit' || typed === 'quit') return;
    const found = known
      .map((command) => ({ command, match: command.line.exec(typed) }))
      .find(({ match }) => match !== null);
    if (found?.match) await found.command.run({ machine, terminal }, found.match.groups ?? {});
    else terminal.print(`${unsuccessful}\nNo valid command entered`);
    machine.onCommand(typed);
  }
}
