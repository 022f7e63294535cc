/** One value of a record, and the keys that lead to it. */
export interface Entry {
  readonly path: readonly string[];
  readonly value: string;
}

/** Every value of a record. Those of a list have no order. */
export function entriesOf(world: unknown, path: readonly string[] = []): Entry[] {
  if (Array.isArray(world))
    return world.map((each) => ({ path, value: typeof each === 'string' ? each : JSON.stringify(each) }));
  if (typeof world !== 'object' || world === null) return [{ path, value: String(world) }];
  return Object.entries(world).flatMap(([key, value]) => entriesOf(value, [...path, key]));
}

/** A record as facts, `machines/uccx1/tomcat/ab12`: each is there or not. */
export function factsOf(world: unknown): Set<string> {
  return new Set(entriesOf(world).map(({ path, value }) => [...path, value].join('/')));
}
