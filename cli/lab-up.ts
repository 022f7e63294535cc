import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { askLab, findLab } from '#lab/control.ts';
import { findKeytool } from '#lab/machines/windows/java.ts';
import { defaultNetwork, mostMachines, networkPrefix } from '#lab/network.ts';
import { stateFolder } from '#lab/state.ts';
import { messageOf, UsageError } from '#model/errors.ts';
import { json, next, show } from './lab-text.ts';
import { print, say } from './terminal.ts';

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

/** Key stores are there without Java; only who runs keytool on a Windows machine of the lab needs it. */
function tellOfJava({ deployment }: UpArguments): void {
  if (deployment === 'uccx' || findKeytool() !== null) return;
  say(
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
    say('The lab stays up until Ctrl-C, or uccert lab down.');
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
    say('The lab is up already.');
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

/** `uccert lab up`. */
export const upCommand: CommandModule<object, UpArguments> = {
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
