/** Milliseconds as a timer takes them: seconds of an inventory become fractions (2.01 s), and a timer overflows after 24 days. */
export function timerMs(ms: number): number {
  return Math.min(Math.round(ms), 2 ** 31 - 1);
}

/** An absolute deadline that any number of waits share. */
export class Deadline {
  readonly ms: number;
  #isLate = false;
  readonly #waiting: (() => void)[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.ms = timerMs(ms);
    this.#timer = setTimeout(() => {
      this.#isLate = true;
      for (const tell of this.#waiting) tell();
    }, this.ms);
  }

  onLate(tell: () => void): void {
    if (this.#isLate) tell();
    else this.#waiting.push(tell);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
