import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Argv, CommandModule } from 'yargs';
import { askLab, findLab, LabNotUp } from '#lab/control.ts';
import { isRunning, stateFolder } from '#lab/state.ts';
import { breakageText, showing } from './breakage-text.ts';
import { json, show, table } from './lab-text.ts';
import { upCommand } from './lab-up.ts';
import { print, say } from './terminal.ts';

/** Lines of a log that are shown: an error with its first places. */
const shownOfLog = 12;

/** What a lab left that nobody told to end: its passwords and keys help nobody; what it said last may. */
async function clearAway(state: string): Promise<void> {
  const { LabFolder, leaveNothing, logFile } = await import('#lab/folder.ts');
  const folder = new LabFolder(state);
  const hasLeft = existsSync(folder.inventoryFile);
  const said = existsSync(logFile(state)) ? readFileSync(logFile(state), 'utf8').trim() : '';
  await folder.clear();
  await leaveNothing(state);
  if (said !== '') say(`The lab that was up said last:\n${said.split('\n').slice(-shownOfLog).join('\n')}`);
  say(hasLeft ? 'No lab is up. What one had left that nobody told to end is cleared away.' : 'No lab is up.');
}

const downCommand: CommandModule = {
  command: 'down',
  describe: 'End the lab',
  handler: async () => {
    const state = stateFolder();
    const running = await findLab(state);
    if (running === null) {
      await clearAway(state);
      return;
    }
    // Answered when every port is closed; what is left of the process then goes by itself.
    await askLab(state, 'down');
    while (isRunning(running.pid)) await pause(10);
    say('The lab is down.');
  },
};

const statusCommand: CommandModule<object, { json: boolean }> = {
  command: 'status',
  describe: 'Show the machines, their addresses and ports',
  builder: (yargs) => yargs.option('json', json),
  handler: async (wanted) => show(await askLab(stateFolder(), 'status'), wanted.json),
};

const listCommand: CommandModule<object, { json: boolean }> = {
  command: 'list',
  describe: 'List what can be broken',
  builder: (yargs) => yargs.option('json', json),
  handler: async (wanted) => {
    const [{ scenarios }, { labOf }] = await Promise.all([
      import('#lab/scenarios/index.ts'),
      import('#lab/scenario.ts'),
    ]);
    if (wanted.json) {
      print(
        JSON.stringify(
          scenarios.map(({ id, deployment = 'UCCX', needs, title, story, expects }) => ({
            id,
            deployment,
            needs,
            title,
            story,
            expects,
          })),
          null,
          2,
        ),
      );
      return;
    }
    print(
      table([['scenario', 'lab', 'what is wrong'], ...scenarios.map((each) => [each.id, labOf(each), each.title])]),
    );
  },
};

const breakCommand: CommandModule<object, { id: string[] }> = {
  command: 'break <id..>',
  describe: 'Break the lab in one or more ways',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', array: true, demandOption: true, describe: 'Scenario, see lab list' })
      .example('$0 lab break finesse-certificate-expired', 'An expired certificate on the first UCCX node'),
  handler: async ({ id: ids }) => {
    const { broken, inventory, ...breakage } = await askLab(stateFolder(), 'break', { ids });
    const isBroken = showing(broken, breakage);
    if (isBroken.length > 0) say(`Broken: ${isBroken.join(', ')}. Mend it with: uccert lab heal`);
    for (const text of breakageText(breakage, { broken, inventory })) say(text);
    const shown = showing(ids, breakage);
    const [{ scenarios }, { browseCommand, lookCommand }] = await Promise.all([
      import('#lab/scenarios/index.ts'),
      import('#lab/scenario.ts'),
    ]);
    for (const scenario of scenarios.filter(({ id }) => shown.includes(id))) {
      const asPeopleSee = browseCommand(scenario);
      const also = asPeopleSee === null ? '' : `, or as people do: ${asPeopleSee}`;
      say(`See ${scenario.id} with: ${lookCommand(scenario, dirname(inventory))}${also}`);
    }
  },
};

const healCommand: CommandModule = {
  command: 'heal',
  describe: 'Undo what was broken',
  handler: async () => {
    await askLab(stateFolder(), 'heal');
    say('The lab is as it was before it was broken.');
  },
};

const resetCommand: CommandModule = {
  command: 'reset',
  describe: 'Bring everything back to how it came up, with the same certificates',
  handler: async () => {
    await askLab(stateFolder(), 'reset');
    say('The lab is as it came up.');
  },
};

const inventoryCommand: CommandModule = {
  command: 'inventory',
  describe: 'Print the inventory of the lab',
  handler: async () => {
    const running = await findLab(stateFolder());
    if (running === null) throw new LabNotUp();
    process.stdout.write(readFileSync(running.inventory, 'utf8'));
  },
};

const stateCommand: CommandModule = {
  command: 'state',
  describe: 'Print as JSON what every store holds and every port presents',
  handler: async () => print(JSON.stringify(await askLab(stateFolder(), 'state'), null, 2)),
};

/** Adds what can be done with the lab. */
export function withLabCommands(yargs: Argv): Argv {
  return yargs
    .command(upCommand)
    .command(downCommand)
    .command(statusCommand)
    .command(listCommand)
    .command(breakCommand)
    .command(healCommand)
    .command(resetCommand)
    .command(inventoryCommand)
    .command(stateCommand)
    .demandCommand(1, 'Say what to do with the lab.')
    .example('$0 lab up && $0 lab break finesse-certificate-expired && $0 scan', 'Break it and find out');
}
