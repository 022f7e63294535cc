import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Argv, CommandModule } from 'yargs';
import { askLab, findLab, LabNotUp, type RunningLab } from '#lab/control.ts';
import { findKeytool } from '#lab/machines/windows/java.ts';
import { defaultNetwork, mostMachines, networkPrefix } from '#lab/network.ts';
import { isRunning, stateFolder } from '#lab/state.ts';
import { messageOf, UsageError } from '#model/errors.ts';

interface UpArguments {
  readonly signed: boolean;
  readonly network: string;
  readonly foreground: boolean;
  readonly 'port-map': boolean;
  readonly deployment: 'uccx' | 'pcce' | 'ucce';
  readonly machines: number;
  readonly mediasense: boolean;
  readonly 'windows-ca'?: WindowsCaKind | undefined;
  readonly json: boolean;
}

const deploymentOf = { uccx: 'UCCX', pcce: 'PCCE', ucce: 'UCCE' } as const;

/** The ways of a Windows CA that can be asked for by name. */
const windowsCas = {
  usual: {},
  'adds-www': { addsWww: true },
  slow: { issuesAfterMilliseconds: 60_000 },
  hardened: { isHardened: true },
} as const;

type WindowsCaKind = keyof typeof windowsCas;

/** What the background process tells the command that started it. */
type Word = { readonly isUp: true } | { readonly isUp: false; readonly message: string; readonly isUsage: boolean };

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Rows of cells in columns as wide as they need to be. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function summary(lab: RunningLab): string {
  const machines = lab.machines.map((machine) => {
    const open = machine.ports.filter(({ shows }) => shows !== 'closed');
    const isMapped = open.some(({ port, at }) => at !== `${machine.address}:${port}`);
    const ports = open.map(({ port, at }) =>
      isMapped ? `${port}=${at.slice(at.lastIndexOf(':') + 1)}` : String(port),
    );
    return [
      machine.fqdn,
      machine.type,
      machine.address,
      machine.ssh.slice(machine.ssh.lastIndexOf(':') + 1),
      ports.join(' '),
    ];
  });
  const kind = lab.signed ? 'signed by the lab CA' : 'self-signed, as installed';
  return [
    `${lab.deployment} ${lab.release}, certificates ${kind}${lab.broken.length === 0 ? '' : `, broken: ${lab.broken.join(', ')}`}`,
    '',
    table([['machine', 'type', 'address', 'ssh', 'ports'], ...machines]),
    '',
    `inventory  ${lab.inventory}`,
    ...(lab.windowsCa === null ? [] : [`certsrv    https://${lab.windowsCa.fqdn}/certsrv at ${lab.windowsCa.at}`]),
    `people     ${lab.people.names.join(' ')}; their password is in ${lab.people.passwordFile}`,
    `machines   administrator; the password is in ${lab.administratorPasswordFile}`,
    ...(lab.signed ? [`CA         the root is ${lab.rootFile}`] : []),
  ].join('\n');
}

/** A scenario that each kind of lab can show. */
const shows: Readonly<
  Record<RunningLab['deployment'], { readonly signed: string | null; readonly asInstalled: string | null }>
> = {
  UCCX: { signed: 'second-node-left-out', asInstalled: 'finesse-certificate-expired' },
  PCCE: { signed: 'java-update-dropped-cacerts', asInstalled: 'portico-recreated' },
  UCCE: { signed: null, asInstalled: null },
};

/** What to do with a lab that is up. */
function next({ deployment, signed }: RunningLab): string {
  const scenario = signed ? shows[deployment].signed : shows[deployment].asInstalled;
  const lines: readonly (readonly [string, string])[] = [
    ['uccert scan', 'judge its ports'],
    ['uccert trust', 'judge its stores and every link, too'],
    ['uccert lab list', 'what can be broken'],
    ...(scenario === null ? [] : [[`uccert lab break ${scenario}`, 'break it'] as const]),
    ['uccert lab heal', 'mend it'],
    ['uccert lab down', 'end it'],
  ];
  return [
    '',
    ...lines.map(([command, what], at) => `${at === 0 ? 'next' : '    '}       ${command.padEnd(48)} ${what}`),
  ].join('\n');
}

function show(lab: RunningLab, isJson: boolean): void {
  print(isJson ? JSON.stringify(lab, null, 2) : summary(lab));
}

/** Key stores are there without Java; only who runs keytool on a Windows machine of the lab needs it. */
function tellOfJava({ deployment }: UpArguments): void {
  if (deployment === 'uccx' || findKeytool() !== null) return;
  tell(
    [
      'There is no Java on this machine: no keytool in $JAVA_HOME/bin, and none in $PATH.',
      'The key stores are read without it; a command line or a fix that runs keytool on a Windows machine of the lab fails.',
      'Install a Java runtime (Debian: apt install default-jre-headless), or set $JAVA_HOME; then start the lab again.',
    ].join('\n'),
  );
}

/** Runs the lab in this process until it is told to end. */
async function stay(state: string, wanted: UpArguments): Promise<void> {
  const [{ Lab }, { serveControl }, { leaveNothing }] = await Promise.all([
    import('#lab/lab.ts'),
    import('#lab/control-server.ts'),
    import('#lab/folder.ts'),
  ]);
  const lab = await Lab.start({
    state,
    network: wanted.network,
    signed: wanted.signed,
    portMap: wanted['port-map'],
    deployment: deploymentOf[wanted.deployment],
    machines: wanted.machines,
    mediasense: wanted.mediasense,
    ...(wanted['windows-ca'] === undefined ? {} : { windowsCa: windowsCas[wanted['windows-ca']] }),
  });
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const closeControl = await serveControl(lab, state, end).catch(async (error: unknown) => {
    await lab.stop();
    throw error;
  });
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (process.send === undefined) {
    show(await askLab(state, 'status'), wanted.json);
    tell('The lab stays up until Ctrl-C, or uccert lab down.');
  } else {
    process.send({ isUp: true } satisfies Word);
    process.disconnect();
  }
  await ended;
  await Promise.all([closeControl(), lab.stop()]);
  await leaveNothing(state);
}

/** The same, and a failure is told to the command that started this process. */
async function stayAndTell(state: string, wanted: UpArguments): Promise<void> {
  try {
    await stay(state, wanted);
  } catch (error) {
    if (process.send === undefined || !process.connected) throw error;
    process.send({ isUp: false, message: messageOf(error), isUsage: error instanceof UsageError } satisfies Word);
    process.disconnect();
    process.exitCode = error instanceof UsageError ? 3 : 70;
  }
}

/** Starts the lab's own process and returns when every port answers. */
async function startInBackground(state: string, wanted: UpArguments): Promise<void> {
  const main = process.argv[1];
  if (main === undefined) throw new Error('the program does not know its own path');
  const { leaveNothing, logFile, newLog } = await import('#lab/folder.ts');
  const log = newLog(state);
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      main,
      ...['lab', 'up', '--foreground', '--network', wanted.network, '--deployment', wanted.deployment],
      ...['--machines', String(wanted.machines)],
      ...(wanted.mediasense ? ['--mediasense'] : []),
      ...(wanted.signed ? ['--signed'] : []),
      ...(wanted['port-map'] ? ['--port-map'] : []),
      ...(wanted['windows-ca'] === undefined ? [] : ['--windows-ca', wanted['windows-ca']]),
    ],
    { detached: true, stdio: ['ignore', log, log, 'ipc'] },
  );
  closeSync(log);
  const [word] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [null])])) as [
    Word | null,
  ];
  child.unref();
  if (word?.isUp === true) {
    if (child.connected) child.disconnect();
    return;
  }
  if (word === null)
    throw new Error(`the lab's process ended before it was up:\n${readFileSync(logFile(state), 'utf8').trim()}`);
  await leaveNothing(state);
  const [seen = '', matters = '', todo = ''] = word.message.split('\n');
  throw word.isUsage ? new UsageError({ seen, matters, todo }) : new Error(word.message);
}

async function up(wanted: UpArguments): Promise<void> {
  const state = stateFolder();
  networkPrefix(wanted.network);
  const running = await findLab(state);
  if (running !== null) {
    const deployment = deploymentOf[wanted.deployment];
    if (running.signed !== wanted.signed || running.network !== wanted.network || running.deployment !== deployment) {
      const kind = `${running.deployment}, ${running.signed ? 'signed' : 'self-signed'}`;
      throw new UsageError({
        seen: `A lab is up already: ${kind}, on ${running.network}.`,
        matters: 'One state folder holds one lab, and this is another than the one that was asked for.',
        todo: 'End it first: uccert lab down. A second lab beside it needs its own $UCCERT_STATE and --network.',
      });
    }
    tell('The lab is up already.');
    show(running, wanted.json);
    return;
  }
  if (wanted.foreground) {
    if (process.send === undefined) tellOfJava(wanted);
    await stayAndTell(state, wanted);
    return;
  }
  await startInBackground(state, wanted);
  tellOfJava(wanted);
  const lab = await askLab(state, 'status');
  show(lab, wanted.json);
  if (!wanted.json) print(next(lab));
}

const json = { type: 'boolean', default: false, describe: 'Print the document as JSON' } as const;

const upCommand: CommandModule<object, UpArguments> = {
  command: 'up',
  describe: 'Start the lab in the background; return when all its ports answer',
  builder: (yargs) =>
    yargs
      .option('signed', {
        type: 'boolean',
        default: false,
        describe: 'Certificates signed by a lab CA, not self-signed',
      })
      .option('network', { type: 'string', default: defaultNetwork, describe: 'Loop-back network, 127.N.0.0/16' })
      .option('foreground', { type: 'boolean', default: false, describe: 'Stay in this process' })
      .option('port-map', {
        type: 'boolean',
        default: false,
        describe: 'Free ports of 127.0.0.1 instead of the real ones',
      })
      .option('deployment', {
        choices: ['uccx', 'pcce', 'ucce'] as const,
        default: 'uccx' as const,
        describe: 'What to build',
      })
      .option('machines', {
        type: 'number',
        default: 0,
        describe: 'How many machines, where more than the deployment has',
        coerce: (count: number): number => {
          if (Number.isInteger(count) && count >= 0 && count <= mostMachines) return count;
          throw new Error(`--machines takes a whole number up to ${mostMachines}`);
        },
      })
      .option('mediasense', {
        type: 'boolean',
        default: false,
        describe: 'Two nodes of MediaSense beside the others',
      })
      .option('windows-ca', {
        choices: ['usual', 'adds-www', 'slow', 'hardened'] as const,
        describe:
          'A Windows CA with /certsrv beside the machines: as usual, one that adds www. names, one that takes a minute, one that takes NTLM bound to TLS alone',
      })
      .option('json', json)
      .example('$0 lab up', 'Two UCCX nodes, CCP and CUCM as installed')
      .example('$0 lab up --signed', 'The same with CA-signed certificates')
      .example('$0 lab up --deployment pcce', 'A Packaged CCE: Windows machines, CVP, Finesse, CUIC'),
  handler: up,
};

/** What a lab that was ended by force left: its passwords and keys help nobody. */
async function clearAway(state: string): Promise<void> {
  const { LabFolder, leaveNothing } = await import('#lab/folder.ts');
  const folder = new LabFolder(state);
  const hasLeft = existsSync(folder.inventoryFile);
  await folder.clear();
  await leaveNothing(state);
  tell(hasLeft ? 'No lab is up. What one that was ended by force had left is cleared away.' : 'No lab is up.');
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
    tell('The lab is down.');
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
    const { broken, inventory } = await askLab(stateFolder(), 'break', { ids });
    tell(`Broken: ${broken.join(', ')}. Mend it with: uccert lab heal`);
    const [{ scenarios }, { lookCommand }] = await Promise.all([
      import('#lab/scenarios/index.ts'),
      import('#lab/scenario.ts'),
    ]);
    for (const scenario of scenarios.filter(({ id }) => ids.includes(id))) {
      tell(`See ${scenario.id} with: ${lookCommand(scenario, dirname(inventory))}`);
    }
  },
};

const healCommand: CommandModule = {
  command: 'heal',
  describe: 'Undo what was broken',
  handler: async () => {
    await askLab(stateFolder(), 'heal');
    tell('The lab is as it was before it was broken.');
  },
};

const resetCommand: CommandModule = {
  command: 'reset',
  describe: 'Bring everything back to how it came up, with the same certificates',
  handler: async () => {
    await askLab(stateFolder(), 'reset');
    tell('The lab is as it came up.');
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
