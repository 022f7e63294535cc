import type { Call } from '../program.ts';
import { isScript, isThing, propertyOf, textOf, type Value } from './values.ts';

/** A failure in the words of Windows PowerShell: who failed, and the two lines below it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly who: string;
  readonly category: string;
  readonly id: string;

  constructor(who: string, message: string, category: string, id: string) {
    super(message);
    this.who = who;
    this.category = category;
    this.id = id;
  }
}

/** The variables of a script, by name in small letters, and what it runs in. */
export interface Scope {
  readonly call: Call;
  readonly variables: Map<string, Value>;
}

/** What a cmdlet is given. */
export interface Invocation {
  readonly scope: Scope;
  readonly name: string;
  /** Parameters by name in small letters; a switch is true. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly positional: readonly Value[];
  readonly input: readonly Value[];
}

export type Cmdlet = (invocation: Invocation) => Value[] | Promise<Value[]>;

/** A list goes down a pipeline item by item. */
export function unrolled(value: Value): Value[] {
  if (value === null) return [];
  return Array.isArray(value) ? [...(value as readonly Value[])] : [value];
}

/** The values that a cmdlet works on: those of the pipe, else those named. */
export function subjects({ input, positional, parameters }: Invocation, ...names: readonly string[]): Value[] {
  if (input.length > 0) return [...input];
  const named = names.map((name) => parameters.get(name)).find((value) => value !== undefined);
  return unrolled(named ?? positional[0] ?? null);
}

/** One by one through a script block, or a property. */
export async function through(value: Value, script: Value): Promise<Value[]> {
  if (isScript(script)) return script.run(value);
  return isThing(value) ? [propertyOf(value, textOf(script))] : [];
}
