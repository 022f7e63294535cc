import type { StepOf } from '#model/step.ts';
import { demand, unexpected } from './vos-answer.ts';
import type { Reply, VosCli } from './vos-cli.ts';
import { untilGone } from './vos-restart.ts';
import { vosTexts } from './vos-texts.ts';

/** What is set on a VOS machine, as its command line names it. */
export type VosOption = StepOf<'vos', 'set-option'>['option'];

interface Manner {
  /** What `show` prints, the value in its first group. */
  readonly shown: RegExp;
  /** What `set` asks, and what it prints when it is done. */
  readonly reply: Reply;
  readonly done: RegExp;
  /** Whether the machine goes down by itself then. */
  readonly reboots: boolean;
}

const manners: Readonly<Record<VosOption, Manner>> = {
  'tls server cert_type': {
    shown: vosTexts.typeShown,
    reply: { to: /\(y\/n\)\s*\??\s*$/i, send: 'y' },
    done: vosTexts.typeSet,
    reboots: true,
  },
  'tls server min-version': {
    shown: vosTexts.serverFloorShown,
    reply: { to: /\(yes\/no\)\s*\??\s*$/i, send: 'yes' },
    done: vosTexts.serverFloorSet,
    reboots: false,
  },
  'tls min-version': {
    shown: vosTexts.floorShown,
    reply: { to: /\(yes\/no\)\s*\??\s*$/i, send: 'yes' },
    done: vosTexts.floorSet,
    reboots: true,
  },
};

/** What the machine has set, in small letters. Throws `ProbeError`, also where the machine does not know the option. */
export async function shownOption(cli: VosCli, option: VosOption): Promise<string> {
  const command = `show ${option}`;
  const output = await cli.run(command);
  const value = manners[option].shown.exec(output)?.[1]?.toLowerCase();
  if (value === undefined) throw unexpected(output, command);
  return value;
}

/** Sets it; where the machine reboots by itself, this resolves when it has gone. */
export async function changeOption(cli: VosCli, option: VosOption, value: string): Promise<void> {
  const command = `set ${option} ${value}`;
  const { reply, done, reboots } = manners[option];
  const output = reboots ? await untilGone(cli, command, [reply]) : await cli.run(command, [reply]);
  if (output !== null) demand(done, output, command);
}

/** Whether the machine reboots by itself when this is set. */
export function rebootsWith(option: VosOption): boolean {
  return manners[option].reboots;
}
