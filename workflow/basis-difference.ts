/** One line of what a plan stands on: what it is about, at which port, and what it says of it. */
export interface Fact {
  /** The machine or the client profile. */
  readonly of: string;
  readonly what: string;
  readonly port: string;
  readonly address?: string;
  readonly value: string;
}

/** The lines that `basisOf` writes, by their words. */
const shapes: readonly (readonly [line: RegExp, fact: (parts: readonly string[]) => Omit<Fact, 'of'>])[] = [
  [
    /^(\S+?):(\d+) at (\S+(?: address)?) presents (.*)$/,
    ([, machine = '', port = '', address = '', value = '']) => ({
      what: `${machine} presents`,
      port,
      address,
      value,
    }),
  ],
  [
    /^(\S+) holds (\S+) as (.+)$/,
    ([, machine = '', value = '', unit = '']) => ({ what: `${machine} holds as ${unit}`, port: '', value }),
  ],
  [
    /^(\S+) awaits the reply to request (\S+) for (.+)$/,
    ([, machine = '', value = '', unit = '']) => ({ what: `${machine} has a request for ${unit}`, port: '', value }),
  ],
  [
    /^(\S+ trusts in .+?|\S+ accepts) (nothing|[0-9a-f]{64}(?: [0-9a-f]{64})*)$/,
    ([, what = '', value = '']) => ({ what, port: '', value }),
  ],
];

/** What differs, a line each with what was and what is; ports of one machine that changed alike stand together. Fingerprints are cut to sixteen digits. */
export function basisDifference(planned: readonly string[], now: readonly string[]): string[] {
  return differenceOf(factsOf(planned), factsOf(now));
}

/** The same of facts. */
export function differenceOf(then: ReadonlyMap<string, Fact>, today: ReadonlyMap<string, Fact>): string[] {
  const moved = [...new Set([...then.keys(), ...today.keys()])].flatMap((key) => {
    const [was, is] = [then.get(key), today.get(key)];
    const { what = '', port = '' } = was ?? is ?? {};
    return was?.value === is?.value ? [] : [{ what, port, change: changeOf(was?.value, is?.value) }];
  });
  return [...Map.groupBy(moved, ({ what, change }) => `${what} ${change}`).values()].map((alike) => {
    const ports = [...new Set(alike.map(({ port }) => port))].filter((port) => port !== '');
    const [{ what, change } = { what: '', change: '' }] = alike;
    const at = ports.length === 0 ? '' : ` at ${ports.sort((left, right) => Number(left) - Number(right)).join(' ')}`;
    return `${what}${at}: ${change}`;
  });
}

/** The same of what both tell of: what could not be read, then or now, has not moved. */
export function sharedDifference(then: ReadonlyMap<string, Fact>, today: ReadonlyMap<string, Fact>): string[] {
  const both = new Set([...then.keys()].filter((key) => today.has(key)));
  const shared = (facts: typeof then): typeof then => new Map([...facts].filter(([key]) => both.has(key)));
  return differenceOf(shared(then), shared(today));
}

/** The facts that lines tell, by what each is about. */
export function factsOf(lines: readonly string[]): Map<string, Fact> {
  return new Map(
    lines.map((line) => {
      const [fact = { what: line, port: '', address: '', value: 'so' }] = shapes.flatMap(([shape, factOf]) => {
        const parts = shape.exec(line);
        return parts === null ? [] : [factOf(parts)];
      });
      const of = fact.what.split(' ', 1)[0] ?? '';
      return [`${fact.what} ${fact.port} ${fact.address ?? ''}`, { ...fact, of }];
    }),
  );
}

function changeOf(was: string | undefined, is: string | undefined): string {
  const short = (value = 'not seen'): string => value.replace(/\b([0-9a-f]{16})[0-9a-f]{48}\b/g, '$1');
  return `then ${short(was)}, now ${short(is)}`;
}
