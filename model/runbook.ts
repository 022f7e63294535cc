import * as z from 'zod';
import { Target } from './plan.ts';

/** One line of what a person does. In all but commands and what is pasted, words between grave accents are typed or read as they stand. */
export const RunbookLine = z.discriminatedUnion('kind', [
  /** Typed as it stands. */
  z.strictObject({ kind: z.literal('command'), text: z.string() }),
  /** A question of the machine, and what is typed then. */
  z.strictObject({ kind: z.literal('answer'), to: z.string(), text: z.string() }),
  /** Pasted whole: a certificate in PEM. */
  z.strictObject({ kind: z.literal('paste'), text: z.string() }),
  /** Something seen on a page or screen, done by hand. */
  z.strictObject({ kind: z.literal('click'), text: z.string() }),
  /** What is found, ticked by hand: the way back goes by it. */
  z.strictObject({ kind: z.literal('tick'), text: z.string() }),
]);
export type RunbookLine = z.infer<typeof RunbookLine>;

/** A step that another one, or a change, names by its number in the document. */
const StepNamed = z.strictObject({ number: z.string(), title: z.string() });

/** One step of a plan, for a person who carries it out. */
export const RunbookStep = z.strictObject({
  title: z.string(),
  /** Where it is done: the name to sign in to, or the PC. */
  where: z.string(),
  /** What stops meanwhile; null where nothing does. */
  outage: z.string().nullable(),
  /** What must be seen before it is begun; empty where nothing must. */
  before: z.array(z.string()),
  /** The ways to do it; each is enough. */
  ways: z.array(z.strictObject({ by: z.string(), lines: z.array(RunbookLine).min(1) })).min(1),
  /** The restarts behind it that take up what it changes, by their numbers in the document. */
  takenUpBy: z.array(StepNamed),
  /** What must be seen before the next step. */
  check: z.array(z.string()).min(1),
  /** How it is taken back, or why it cannot be. */
  back: z.array(RunbookLine).min(1),
});
export type RunbookStep = z.infer<typeof RunbookStep>;

/** The same plan as uccert would carry out, for people who may not let a tool write. */
export const Runbook = z.strictObject({
  plan: z.string(),
  /** SHA-256 of the plan: the document belongs to this one and to no other. */
  digest: z.string(),
  madeAt: z.string(),
  /** The machines that it is carried out on: what the steps call them, the name to sign in to, what they are. */
  machines: z.array(z.strictObject({ id: z.string(), name: z.string(), is: z.string() })),
  /** What must be true before the first step. */
  before: z.array(z.string()),
  /** What stops meanwhile, in the order of the steps; empty where nothing does. */
  stops: z.array(z.string()),
  changes: z.array(
    z.strictObject({
      title: z.string(),
      /** Found present; must be gone at the end. */
      clears: z.array(Target),
      /** Must still be well at the end. */
      keeps: z.array(Target),
      irreversible: z.array(z.string()),
      /** What it brings with it and is found afterwards. */
      brings: z.array(z.string()),
      /** What it needs besides, and several changes do once: steps of other changes. */
      needs: z.array(StepNamed),
      steps: z.array(RunbookStep).min(1),
    }),
  ),
  /** What is cleared away once all is well; empty where nothing is. */
  after: z.array(RunbookLine),
  notCovered: z.array(z.string()),
  /** What was seen when the plan was made, by machine or profile of PCs, one fact a line; the plan has the whole fingerprints. */
  basis: z.array(z.strictObject({ of: z.string(), lines: z.array(z.string()).min(1) })),
});
export type Runbook = z.infer<typeof Runbook>;
