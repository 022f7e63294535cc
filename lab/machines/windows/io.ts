import type { ServerChannel } from 'ssh2';

/** Windows ends each line with both characters. */
const lineEnd = '\r\n';

/** cmd takes no longer line; what is typed beyond is not kept. */
export const longestLine = 8191;

/** What a program reads from and prints to. */
export interface Io {
  /** Somebody sits before it. */
  readonly hasTerminal: boolean;
  /** Prints text as it stands; line ends become those of Windows. */
  write(text: string): void;
  print(line?: string): void;
  error(line: string): void;
  /** The same as text that may end in the middle of a line. */
  writeError(text: string): void;
  /** The next line of the input; null at its end. Hidden: not shown while it is typed. */
  readLine(isHidden?: boolean): Promise<string | null>;
  /** The rest of the input. */
  readAll(): Promise<string>;
}

export function windowsLines(text: string): string {
  return text.replaceAll(/\r?\n/g, lineEnd);
}

/** Input and output of one SSH channel. With a terminal keys are echoed and edited; without one lines come as they are. */
export class ChannelIo implements Io {
  readonly #channel: ServerChannel;
  readonly hasTerminal: boolean;
  #typed = '';
  #hasEnded = false;
  #more: () => void = () => undefined;

  constructor(channel: ServerChannel, hasTerminal: boolean) {
    this.#channel = channel;
    this.hasTerminal = hasTerminal;
    channel.on('data', (data: Buffer) => {
      // More than anybody types ahead: the rest of an endless line is let go.
      if (this.#typed.length < mostTyped) this.#typed += data.toString('utf8');
      this.#more();
    });
    for (const event of ['end', 'close', 'error']) {
      channel.on(event, () => {
        this.#hasEnded = true;
        this.#more();
      });
    }
  }

  write(text: string): void {
    if (this.#channel.writable) this.#channel.write(windowsLines(text));
  }

  print(line = ''): void {
    this.write(`${line}\n`);
  }

  error(line: string): void {
    this.writeError(`${line}\n`);
  }

  writeError(text: string): void {
    if (this.hasTerminal) this.write(text);
    else if (this.#channel.writable) this.#channel.stderr.write(windowsLines(text));
  }

  async readLine(isHidden = false): Promise<string | null> {
    let line = '';
    for (;;) {
      while (this.#typed !== '') {
        const key = this.#typed.slice(0, 1);
        this.#typed = this.#typed.slice(this.#typed.startsWith('\r\n') ? 2 : 1);
        if (key === '\r' || key === '\n') {
          if (this.hasTerminal) this.print();
          return line;
        }
        if (this.hasTerminal && (key === '\u007f' || key === '\b')) {
          if (line !== '' && !isHidden) this.write('\b \b');
          line = line.slice(0, -1);
        } else if (this.hasTerminal && key === '\u0003') {
          this.print('^C');
          return '';
        } else if (line.length <= longestLine) {
          line += key;
          if (this.hasTerminal && !isHidden) this.write(key);
        }
      }
      if (this.#hasEnded) return line === '' ? null : line;
      await new Promise<void>((resolve) => (this.#more = resolve));
    }
  }

  async readAll(): Promise<string> {
    const lines: string[] = [];
    for (let line = await this.readLine(); line !== null; line = await this.readLine()) lines.push(line);
    return lines.join('\n') + (lines.length === 0 ? '' : '\n');
  }
}

const mostTyped = 4 * 1024 * 1024;

/** The middle of a pipe: reads what the program before printed, keeps what this one prints. Errors go to the screen. */
export class PipeIo implements Io {
  readonly hasTerminal = false;
  #printed = '';
  #input: string[] | null;
  readonly #screen: Io;
  readonly #errors: 'shown' | 'kept' | 'dropped';

  /** `input`: null where the program reads from the screen. `errors`: where what is printed as an error goes. */
  constructor(screen: Io, input: string | null, errors: 'shown' | 'kept' | 'dropped' = 'shown') {
    this.#screen = screen;
    this.#input = input === null ? null : input.replace(/\r?\n$/, '').split(/\r?\n/);
    this.#errors = errors;
  }

  get printed(): string {
    return this.#printed;
  }

  write(text: string): void {
    if (this.#printed.length < mostTyped) this.#printed += text;
  }

  print(line = ''): void {
    this.write(`${line}\n`);
  }

  error(line: string): void {
    this.writeError(`${line}\n`);
  }

  writeError(text: string): void {
    if (this.#errors === 'kept') this.write(text);
    else if (this.#errors === 'shown') this.#screen.writeError(text);
  }

  readLine(isHidden?: boolean): Promise<string | null> {
    return this.#input === null ? this.#screen.readLine(isHidden) : Promise.resolve(this.#input.shift() ?? null);
  }

  async readAll(): Promise<string> {
    if (this.#input === null) return this.#screen.readAll();
    const all = this.#input.join('\n');
    this.#input = [];
    return Promise.resolve(`${all}\n`);
  }
}
