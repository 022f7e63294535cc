import { messageOf } from '#model/errors.ts';
import { readCorpus } from './corpus.ts';
import { Random } from './random.ts';
import { readers, type FuzzedReader } from './readers.ts';

/** CPU one input may take, milliseconds. The machine may be busy: time on the wall says nothing. */
const mostMs = 50;

/** One input that was not met as it should be: `npm run fuzz -- --seed S --only I` shows it again. */
export interface Discovery {
  readonly seed: number;
  readonly index: number;
  readonly reader: string;
  readonly what: string;
}

/** Inputs `from`, `from + step`, … below `to` of a seed. */
export interface Share {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Tries a share of the inputs of a seed. Each follows from the seed and its index alone. */
export function fuzz(
  { seed, from, to, step }: Share,
  progress: (done: number) => void = () => undefined,
  tried: readonly FuzzedReader[] = readers,
): Discovery[] {
  const corpus = readCorpus();
  const lots = tried.flatMap((reader) => Array<typeof reader>(reader.weight).fill(reader));
  const found: Discovery[] = [];
  // What is malformed is thrown millions of times, and nobody reads where.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = from + 1 === to ? stackTraceLimit : 0;
  try {
    let done = 0;
    for (let index = from; index < to; index += step) {
      const reader = new Random(seed, index).of(lots);
      const trying = (): number => millisecondsOf(reader.fuzz, new Random(seed, index));
      const tell = (what: string): void => void found.push({ seed, index, reader: reader.name, what });
      try {
        // Twice more, because a first time may pay for the compiler or the collector.
        if (trying() > mostMs && Math.min(trying(), trying()) > mostMs) tell(`takes more than ${String(mostMs)} ms`);
      } catch (error) {
        const stack = error instanceof Error && from + 1 === to ? `\n${error.stack ?? ''}` : '';
        tell(`${error instanceof Error ? error.name : 'thrown'}: ${messageOf(error)}${stack}`);
      }
      if ((done += 1) % 10_000 === 0) progress(done);
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return found;

  function millisecondsOf(read: FuzzedReader['fuzz'], random: Random): number {
    random.next();
    const before = process.threadCpuUsage();
    read(corpus, random);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  }
}
