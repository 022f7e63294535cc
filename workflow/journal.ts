import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as z from 'zod';
import { messageOf, Refusal } from '#model/errors.ts';
import { Instant } from '#model/names.ts';
import { Outcome, Plan } from '#model/plan.ts';

const at = { at: Instant };
const step = { change: z.int().min(0), step: z.int().min(0) };

/** What happened in an apply, in order. Written before and after each step, on the disk before the next thing happens. */
export const JournalEntry = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('begun'), ...at, plan: Plan, inventory: z.string() }),
  z.strictObject({ event: z.literal('step-begun'), ...at, ...step, before: z.json() }),
  z.strictObject({
    event: z.literal('step-done'),
    ...at,
    ...step,
    skipped: z.boolean(),
    /** What the stores that it changes hold then, in the lines of a plan's basis. */
    left: z.array(z.string()).optional(),
  }),
  z.strictObject({ event: z.literal('step-failed'), ...at, ...step, because: z.string() }),
  z.strictObject({ event: z.literal('rolling-back'), ...at, because: z.string() }),
  z.strictObject({ event: z.literal('step-undone'), ...at, ...step }),
  z.strictObject({ event: z.literal('undo-failed'), ...at, ...step, because: z.string() }),
  z.strictObject({ event: z.literal('ended'), ...at, outcome: Outcome }),
  /** Nobody will go on with it or take it back: what it did stays. */
  z.strictObject({ event: z.literal('closed'), ...at }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;
/** Where in a plan a step stands: its change, and its place there, from nought. */
export type StepPlace = Readonly<z.infer<z.ZodObject<typeof step>>>;
type Without<E> = E extends unknown ? Omit<E, 'at'> : never;

/** An append-only file, one entry a line. */
export class Journal {
  readonly file: string;
  readonly #entries: JournalEntry[];
  /** Bytes that hold whole lines: what stands behind them was cut short, and goes with the next entry. */
  #length: number;

  private constructor(file: string, entries: JournalEntry[], length: number) {
    this.file = file;
    this.#entries = entries;
    this.#length = length;
  }

  /** Opens the journal of a plan. A last line cut short by a kill is passed over: what it said had not happened yet. */
  static open(file: string): Journal {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const entries = whole
      .split('\n')
      .slice(0, -1)
      .map((line, place) => {
        try {
          return JournalEntry.parse(JSON.parse(line));
        } catch (error) {
          throw new Error(`${file}:${String(place + 1)} is no journal entry`, { cause: error });
        }
      });
    return new Journal(file, entries, Buffer.byteLength(whole));
  }

  /** The same; null where it is damaged. */
  static readable(file: string): Journal | null {
    try {
      return Journal.open(file);
    } catch {
      return null;
    }
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Whether this is written of a step. */
  was(event: 'step-begun' | 'step-done' | 'step-undone', at: StepPlace): boolean {
    return this.#entries.some((entry) => entry.event === event && entry.change === at.change && entry.step === at.step);
  }

  /** How the plan ended; null where it has not, or is being taken back since. */
  get outcome(): Outcome | null {
    const last = this.#entries.findLast(({ event }) => event === 'ended' || event === 'rolling-back');
    return last?.event === 'ended' ? last.outcome : null;
  }

  /** Whether taking it back was begun. */
  get isGoingBack(): boolean {
    return this.#entries.some(({ event }) => event === 'rolling-back');
  }

  /** Whether it was closed with what it did left as it was. */
  get isClosed(): boolean {
    return this.#entries.at(-1)?.event === 'closed';
  }

  /** What a step found when it was begun first; undefined where it was not. */
  before(at: StepPlace): unknown {
    for (const entry of this.#entries) {
      if (entry.event === 'step-begun' && entry.change === at.change && entry.step === at.step) return entry.before;
    }
    return undefined;
  }

  /** Writes one entry and waits until the disk has it. Throws `Refusal` where it cannot: what is done unwritten nobody could take back. */
  write(entry: Without<JournalEntry>): void {
    try {
      this.#append(entry);
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new Refusal(
        {
          seen: `The journal ${this.file} cannot be written: ${messageOf(error)}.`,
          matters: 'A step that is not in it could not be gone on with or taken back, so none is begun.',
          todo: `Make room, then: uccert resume ${basename(this.file, '.jsonl')}`,
        },
        { cause: error },
      );
    }
  }

  #append(entry: Without<JournalEntry>): void {
    const complete = JournalEntry.parse({ ...entry, at: new Date().toISOString() });
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    const line = Buffer.from(`${JSON.stringify(complete)}\n`);
    const file = openSync(this.file, 'a', 0o600);
    try {
      ftruncateSync(file, this.#length);
      // A disk that is nearly full takes a part of it and says so by the length alone.
      for (let written = 0; written < line.length;) written += writeSync(file, line, written);
      fsyncSync(file);
      this.#length += line.length;
    } finally {
      closeSync(file);
    }
    this.#entries.push(complete);
  }
}
