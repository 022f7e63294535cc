/** Whether standard output shows colours: the option, then NO_COLOR, then whether it is a terminal. */
export function showsColour(option: boolean | undefined): boolean {
  if (option !== undefined) return option;
  if ((process.env['NO_COLOR'] ?? '') !== '') return false;
  return process.stdout.isTTY;
}

/** Columns of the terminal; 100 where there is none. */
export function terminalWidth(): number {
  return Math.min(process.stdout.columns || 100, 120);
}

/** A line on standard error: what is said beside the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The result, on standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A progress line that redraws itself; silent where standard error is no terminal. */
export function progressLine(quiet: boolean): { show(text: string): void; end(): void } {
  const isShown = !quiet && process.stderr.isTTY;
  return {
    show(text) {
      if (isShown) process.stderr.write(`\r\u001b[2K${text}`);
    },
    end() {
      if (isShown) process.stderr.write('\r\u001b[2K');
    },
  };
}
