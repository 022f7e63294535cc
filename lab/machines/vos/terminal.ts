import type { ServerChannel } from 'ssh2';

/** The other side hung up. */
export class HungUp extends Error {
  override readonly name = 'HungUp';
}

const pageLength = 24;

/** The screen and keyboard of one session: prints lines, echoes what is typed, asks, and stops at the end of a page. */
export class Terminal {
  paginated = true;
  readonly #channel: ServerChannel;
  readonly #typed: string[] = [];
  #waiting: { resolve: (key: string) => void; reject: (gone: HungUp) => void } | null = null;
  #isGone = false;
  #hasEnded = false;
  #lastWasReturn = false;

  constructor(channel: ServerChannel) {
    this.#channel = channel;
    channel.on('data', (data: Buffer) => {
      for (const key of data.toString('utf8')) this.#receive(key);
    });
    channel.on('error', () => this.#hangUp());
    channel.on('close', () => this.#hangUp());
    // Who sends nothing more still reads: what was typed before is carried out.
    channel.on('end', () => this.#endInput());
  }

  /** Prints text as it stands; line ends become those of a terminal. */
  write(text: string): void {
    if (!this.#isGone) this.#channel.write(text.replaceAll('\n', '\r\n'));
  }

  print(line = ''): void {
    this.write(`${line}\n`);
  }

  /** Prints what may be long. With pagination on it waits for a key after each page. */
  async show(text: string): Promise<void> {
    let room = pageLength;
    for (const line of text.split('\n')) {
      if (this.paginated && room === 0) {
        this.write('Press <enter> for 1 line, <space> for one page, or <q> to quit');
        const key = await this.#nextKey();
        this.print();
        if (key === 'q') return;
        room = key === '\n' ? 1 : pageLength;
      }
      room -= 1;
      this.print(line);
    }
  }

  /** Shows a prompt and waits for the line that answers it. */
  async ask(prompt: string): Promise<string> {
    this.write(prompt);
    let line = '';
    for (;;) {
      const key = await this.#nextKey();
      if (key === '\n') break;
      if (key === '\u007f' || key === '\b') {
        if (line !== '') this.write('\b \b');
        line = line.slice(0, -1);
      } else if (key === '\u0003') {
        this.print('^C');
        return '';
      } else if (key >= ' ') {
        line += key;
        this.write(key);
      }
    }
    this.print();
    return line.trim();
  }

  #nextKey(): Promise<string> {
    const key = this.#typed.shift();
    if (key !== undefined) return Promise.resolve(key);
    if (this.#hasEnded) return Promise.reject(new HungUp('the session has ended'));
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }

  #receive(received: string): void {
    // Return, line feed, or both end a line once.
    const isSecondHalf = received === '\n' && this.#lastWasReturn;
    this.#lastWasReturn = received === '\r';
    if (isSecondHalf) return;
    const key = received === '\r' ? '\n' : received;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) this.#typed.push(key);
    else waiting.resolve(key);
  }

  #hangUp(): void {
    this.#isGone = true;
    this.#endInput();
  }

  #endInput(): void {
    this.#hasEnded = true;
    this.#waiting?.reject(new HungUp('the session has ended'));
    this.#waiting = null;
  }
}
