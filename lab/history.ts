/** Brings everything back to how it was when this was made. */
export type WayBack = () => Promise<void>;

/** What was broken and the way back, one change to the world after another. */
export class History {
  readonly #remember: () => Promise<WayBack>;
  #broken: string[] = [];
  #asItCameUp: WayBack | null = null;
  #beforeBreaking: WayBack | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(remember: () => Promise<WayBack>) {
    this.#remember = remember;
  }

  /** What was broken since the last heal, in that order. */
  get broken(): readonly string[] {
    return this.#broken;
  }

  /** From here on a reset leads back to now. */
  async begin(): Promise<void> {
    this.#asItCameUp = await this.#remember();
  }

  /** What fails half-way is taken back: it is not broken then; nor is it where the change says that all is as it was. */
  async breakBy(id: string, change: () => Promise<'changed' | 'as it was'>): Promise<void> {
    await this.alone(async () => {
      const bringBack = await this.#remember();
      let came: 'changed' | 'as it was';
      try {
        came = await change();
      } catch (error) {
        await bringBack();
        throw error;
      }
      this.#beforeBreaking ??= bringBack;
      if (came === 'changed') this.#broken.push(id);
      // Files were written anew, if with the same in them.
      else await bringBack();
    });
  }

  async heal(): Promise<void> {
    await this.#goBack(() => this.#beforeBreaking);
  }

  async reset(): Promise<void> {
    await this.#goBack(() => this.#asItCameUp);
  }

  async #goBack(way: () => WayBack | null): Promise<void> {
    await this.alone(async () => {
      const wayBack = way() ?? (await this.#remember());
      await wayBack();
      this.#broken = [];
      this.#beforeBreaking = null;
    });
  }

  /** Does this when whatever was asked for before is done. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
