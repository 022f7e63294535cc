import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { openSsh, type SshAccess } from './ssh.ts';
import { commandLine, type WindowsDialect } from './windows-command-line.ts';

/** What a command came to, line ends as on other systems. */
export interface Ran {
  /** Null where the connection did not say. */
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A file as SFTP gave it, or why it did not. */
export type Fetched =
  | { readonly is: 'file'; readonly bytes: Buffer }
  | { readonly is: 'no-file' }
  /** The SSH server offers no SFTP, or not for this file. */
  | { readonly is: 'refused' };

/** Milliseconds and octets. */
export interface WindowsLimits {
  readonly connectMs: number;
  readonly commandMs: number;
  /** The most that one command may print and one file may have. */
  readonly octets: number;
}

/** SSH_FX_NO_SUCH_FILE of the protocol that OpenSSH speaks (draft-ietf-secsh-filexfer-02, section 7). */
const noSuchFile = 2;

/** An SSH session with a Windows machine: one command line for each `run`, files by SFTP. */
export class WindowsShell {
  readonly #client: Client;
  readonly #dialect: WindowsDialect;
  readonly #limits: WindowsLimits;
  #sftp: Promise<SFTPWrapper | null> | null = null;

  private constructor(client: Client, dialect: WindowsDialect, limits: WindowsLimits) {
    this.#client = client;
    this.#dialect = dialect;
    this.#limits = limits;
  }

  /** Signs in. `dialect`: what the SSH server runs command lines in. Throws `ProbeError`. */
  static async open(access: SshAccess, dialect: WindowsDialect, limits: WindowsLimits): Promise<WindowsShell> {
    return new WindowsShell(await openSsh(access, limits.connectMs), dialect, limits);
  }

  /**
   * Runs a program and waits for its end. `input` is what it finds on its standard input; `withinMs` replaces the usual limit, for
   * restarts. Throws `ProbeError`.
   */
  async run(
    program: string,
    args: readonly string[] = [],
    input = '',
    withinMs = this.#limits.commandMs,
  ): Promise<Ran> {
    const line = commandLine(this.#dialect, program, args);
    return this.#within(
      program,
      async (give) =>
        new Promise((resolve, reject) => {
          this.#client.exec(line, (error, channel) => {
            if (error !== undefined) {
              reject(new ProbeError(unexpected(program, error.message), { cause: error }));
              return;
            }
            // At once: what came with the answer to exec would be lost on a listener that is added later.
            collect(channel, this.#limits.octets).then(resolve, reject);
            give.up = () => channel.close();
            channel.end(input);
          });
        }),
      withinMs,
    );
  }

  /** Runs a script of Windows PowerShell, encoded, so that no shell on the way reads it. Throws `ProbeError`. */
  async powershell(script: string, withinMs = this.#limits.commandMs): Promise<Ran> {
    const encoded = Buffer.from(script, 'utf16le').toString('base64');
    return this.run('powershell', ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded], '', withinMs);
  }

  /** A file of the machine, `C:\…`. Throws `ProbeError`. */
  async fetch(path: string): Promise<Fetched> {
    return this.#within(`SFTP of ${path}`, async (give) => {
      const sftp = await (this.#sftp ??= this.#openSftp());
      if (sftp === null) return { is: 'refused' };
      // One octet more than may be tells a file that is too long from one that just fits.
      const stream = sftp.createReadStream(remote(path), { end: this.#limits.octets });
      give.up = () => stream.destroy();
      // The answer to its closing may be outstanding when the session ends, long after anybody reads it.
      stream.on('error', () => undefined);
      const bytes: Buffer[] = [];
      try {
        for await (const part of stream) bytes.push(part as Buffer);
      } catch (error) {
        return { is: (error as { code?: unknown }).code === noSuchFile ? 'no-file' : 'refused' };
      }
      const file = Buffer.concat(bytes);
      if (file.length > this.#limits.octets) throw tooLong(this.#limits.octets);
      return { is: 'file', bytes: file };
    });
  }

  /** Writes a file of the machine, in place of one that is there. Throws `ProbeError`. */
  async put(path: string, bytes: Buffer): Promise<void> {
    await this.#bySftp(path, (sftp, done) => sftp.writeFile(remote(path), bytes, done));
  }

  /** Deletes a file of the machine. Throws `ProbeError`. */
  async remove(path: string): Promise<void> {
    await this.#bySftp(path, (sftp, done) => sftp.unlink(remote(path), done));
  }

  async #bySftp(path: string, work: (sftp: SFTPWrapper, done: (error?: Error | null) => void) => void): Promise<void> {
    const what = `SFTP of ${path}`;
    await this.#within(what, async () => {
      const sftp = await (this.#sftp ??= this.#openSftp());
      if (sftp === null) throw new ProbeError(unexpected(what, 'the SSH server offers no SFTP'));
      await new Promise<void>((resolve, reject) => {
        work(sftp, (error) => {
          if (error == null) resolve();
          else reject(new ProbeError(unexpected(what, error.message), { cause: error }));
        });
      });
    });
  }

  /** Ends the session; never throws. */
  close(): void {
    this.#client.end();
    this.#client.destroy();
  }

  async #openSftp(): Promise<SFTPWrapper | null> {
    return new Promise((resolve) => {
      this.#client.sftp((error, sftp) => {
        if (error !== undefined) resolve(null);
        else {
          sftp.on('error', () => undefined);
          resolve(sftp);
        }
      });
    });
  }

  /** Ends work that takes too long, and work whose connection is gone. */
  async #within<T>(
    what: string,
    work: (give: { up: () => void }) => Promise<T>,
    withinMs = this.#limits.commandMs,
  ): Promise<T> {
    const give = { up: (): void => undefined };
    let timer: NodeJS.Timeout | undefined;
    let onClose = (): void => undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      const fail = (failure: ProbeFailure): void => reject(new ProbeError(failure, { cause: new Error(what) }));
      timer = setTimeout(() => fail({ reason: 'timed-out', stage: 'dialogue', afterMs: withinMs }), withinMs);
      onClose = () => fail({ reason: 'connection-closed', stage: 'dialogue' });
      this.#client.on('close', onClose);
    });
    try {
      return await Promise.race([work(give), ended]);
    } finally {
      clearTimeout(timer);
      this.#client.removeListener('close', onClose);
      give.up();
    }
  }
}

/** A path of Windows as SFTP names it. */
function remote(path: string): string {
  return `/${path.replaceAll('\\', '/')}`;
}

async function collect(channel: ClientChannel, most: number): Promise<Ran> {
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  let octets = 0;
  return new Promise((resolve, reject) => {
    const keepIn = (list: Buffer[]) => (data: Buffer) => {
      octets += data.length;
      if (octets <= most) list.push(data);
      else reject(tooLong(most));
    };
    let code: number | null = null;
    channel.on('data', keepIn(out));
    channel.stderr.on('data', keepIn(errors));
    channel.on('exit', (exit: number | null) => (code = exit));
    channel.on('error', (error: Error) => reject(new ProbeError(unexpected('a command', error.message))));
    channel.on('close', () => resolve({ code, out: textOf(out), errors: textOf(errors) }));
  });
}

function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('utf8').replaceAll('\r\n', '\n');
}

function tooLong(octets: number): ProbeError {
  return new ProbeError({ reason: 'limit-exceeded', limit: `${String(octets)} octets` });
}

function unexpected(to: string, answer: string): ProbeFailure {
  return { reason: 'unexpected-answer', to, answer };
}
