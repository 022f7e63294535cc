import type { Client, ClientChannel } from 'ssh2';
import { ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { certificatesOfPem } from '#model/pem.ts';
import { openSsh, type SshAccess } from './ssh.ts';
import { plainOutput, vosTexts } from './vos-texts.ts';

/** Milliseconds. */
export interface VosLimits {
  readonly connectMs: number;
  readonly commandMs: number;
}

/** A question the machine asks, and the answer to give. */
export interface Reply {
  readonly to: RegExp;
  readonly send: string;
}

/** An SSH session with the `admin:` command line of a VOS machine. One command at a time. */
export class VosCli {
  readonly #client: Client;
  readonly #channel: ClientChannel;
  readonly #limits: VosLimits;
  #received = '';
  #ended: ProbeFailure | null = null;
  #look: (() => void) | null = null;

  private constructor(client: Client, channel: ClientChannel, limits: VosLimits) {
    this.#client = client;
    this.#channel = channel;
    this.#limits = limits;
    channel.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('utf8');
      this.#look?.();
    });
    const ended = (): void => {
      this.#ended ??= { reason: 'connection-closed', stage: 'dialogue' };
      this.#look?.();
    };
    channel.on('close', ended);
    client.on('close', ended);
    client.on('error', ended);
  }

  /** Signs in and waits for the prompt. Throws `ProbeError`. */
  static async open(access: SshAccess, limits: VosLimits): Promise<VosCli> {
    const client = await openSsh(access, limits.connectMs);
    try {
      const channel = await new Promise<ClientChannel>((resolve, reject) => {
        // Wide and tall, so that neither wrapping nor paging cuts a line before paging is switched off.
        client.shell({ term: 'vt100', cols: 500, rows: 1000 }, (error, opened) => {
          if (error === undefined) resolve(opened);
          else
            reject(
              new ProbeError({ reason: 'unexpected-answer', to: 'a shell', answer: error.message }, { cause: error }),
            );
        });
      });
      const cli = new VosCli(client, channel, limits);
      await cli.#waitFor([vosTexts.prompt], 'the prompt', limits.commandMs);
      await cli.run('set cli pagination off');
      return cli;
    } catch (error) {
      client.destroy();
      throw error;
    }
  }

  /**
   * Runs one command and gives back what it printed. A question without a reply ends it: uccert never answers what it did not expect.
   * `withinMs` replaces the usual limit, for restarts.
   */
  async run(command: string, replies: readonly Reply[] = [], withinMs = this.#limits.commandMs): Promise<string> {
    this.#channel.write(`${command}\n`);
    // Only what follows the echo answers this command: a prompt before it was the answer to something earlier.
    await this.#waitFor([echoOf(command)], command, withinMs);
    let output = '';
    for (;;) {
      const signs = [...replies.map(({ to }) => to), vosTexts.prompt, vosTexts.more, vosTexts.question];
      const { sign, before } = await this.#waitFor(signs, command, withinMs);
      output += before;
      const reply = replies[sign];
      if (reply !== undefined) {
        this.#channel.write(`${reply.send}\n`);
        continue;
      }
      const asked = signs[sign];
      if (asked === vosTexts.prompt) return plainOutput(output);
      if (asked === vosTexts.more) {
        this.#channel.write(' ');
        continue;
      }
      this.#channel.write('no\n');
      throw new ProbeError({ reason: 'unexpected-answer', to: command, answer: lastLines(output) });
    }
  }

  /** Resolves when the other side has ended the session. Throws `ProbeError` where it has not within the time. */
  async ended(withinMs: number, command: string): Promise<void> {
    try {
      await this.#waitFor([], command, withinMs);
    } catch (error) {
      if (!(error instanceof ProbeError && error.failure.reason === 'connection-closed')) throw error;
    }
  }

  /** Ends the session; never throws. */
  close(): void {
    this.#client.end();
    this.#client.destroy();
  }

  async #waitFor(signs: readonly RegExp[], command: string, ms: number): Promise<{ sign: number; before: string }> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#look = null;
      };
      const timer = setTimeout(() => {
        finish();
        reject(
          new ProbeError(
            { reason: 'timed-out', stage: 'dialogue', afterMs: ms },
            { cause: new Error(`${command}: ${lastLines(this.#received)}`) },
          ),
        );
      }, ms);
      this.#look = () => {
        for (const [sign, pattern] of signs.entries()) {
          const match = pattern.exec(this.#received);
          if (match === null) continue;
          const end = match.index + match[0].length;
          const before = this.#received.slice(0, end);
          this.#received = this.#received.slice(end);
          finish();
          resolve({ sign, before });
          return;
        }
        if (this.#ended !== null) {
          finish();
          reject(new ProbeError(this.#ended));
        }
      };
      this.#look();
    });
  }
}

function lastLines(text: string): string {
  return text.replace(/\r/g, '').trim().split('\n').slice(-3).join(' / ').slice(-300);
}

/** The one certificate in what a `show cert` command printed. Throws `ProbeError` when there is none. */
export function shownCertificate(output: string, command: string): Buffer {
  const [der] = certificatesOfPem(output);
  if (der === undefined) throw new ProbeError({ reason: 'unexpected-answer', to: command, answer: lastLines(output) });
  return der;
}

function echoOf(command: string): RegExp {
  return new RegExp(`${command.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*?[\\r\\n]`);
}
