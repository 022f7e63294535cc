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
    /^(\S+) has (\S+) as (\S.* [0-9a-f]{32})$/,
    ([, machine = '', store = '', value = '']) => ({ what: `${machine} has the file ${store} as`, port: '', value }),
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

/** Whether it is about a key store as a file, whatever lies in it. */
export function isOfFile({ what }: Fact): boolean {
  return what.includes(' has the file ');
}

/** What a line says that has none of these shapes. */
const unshaped = { port: '', address: '', value: 'so' } as const;

/** How a certificate of this fingerprint is called; null where nobody has seen it. */
export type Naming = (digest: string) => string | null;

/** Facts by what each is about. */
export type Facts = ReadonlyMap<string, Fact>;

/** What differs, a line each with what was and what is; ports of one machine that changed alike stand together. Fingerprints are cut to sixteen digits. */
export function differenceOf(then: Facts, today: Facts, nameOf: Naming): string[] {
  const moved = [...new Set([...then.keys(), ...today.keys()])].flatMap((key) => {
    const [was, is] = [then.get(key), today.get(key)];
    const { what = '', port = '' } = was ?? is ?? {};
    return was?.value === is?.value ? [] : [{ what, port, change: changeOf(was, is, nameOf) }];
  });
  return [...Map.groupBy(moved, ({ what, change }) => `${what} ${change}`).values()].map((alike) => {
    const ports = [...new Set(alike.map(({ port }) => port))].filter((port) => port !== '');
    const [{ what, change } = { what: '', change: '' }] = alike;
    const at = ports.length === 0 ? '' : ` at ${ports.sort((left, right) => Number(left) - Number(right)).join(' ')}`;
    return `${what}${at}: ${change}`;
  });
}

/** Of both what both tell of: what could not be read, then or now, has not moved. */
export function shared(then: Facts, today: Facts): { readonly then: Facts; readonly today: Facts } {
  const of = (facts: Facts, others: Facts): Facts => new Map([...facts].filter(([key]) => others.has(key)));
  return { then: of(then, today), today: of(today, then) };
}

/** The facts that lines tell, by what each is about. */
export function factsOf(lines: readonly string[]): Map<string, Fact> {
  return new Map(
    lines.map((line) => {
      const [fact = { what: line, ...unshaped }] = shapes.flatMap(([shape, factOf]) => {
        const parts = shape.exec(line);
        return parts === null ? [] : [factOf(parts)];
      });
      const of = fact.what.split(' ', 1)[0] ?? '';
      return [`${fact.what} ${fact.port} ${fact.address ?? ''}`, { ...fact, of }];
    }),
  );
}

/** What lines tell, machine by machine, for people: ports that present the same stand together, fingerprints are cut to sixteen digits. */
export function toldBy(lines: readonly string[]): { of: string; lines: string[] }[] {
  return [...Map.groupBy(factsOf(lines).values(), ({ of }) => of)].map(([of, facts]) => ({
    of,
    lines: [...Map.groupBy(facts, ({ what, address, value }) => `${what} ${address ?? ''} ${value}`).values()]
      .map((alike) => toldAlike(of, alike))
      .sort(),
  }));
}

/** `presents at 192.0.2.11, ports 443 8443: ab12`; what no shape fits stands as it is. */
function toldAlike(of: string, alike: readonly Fact[]): string {
  const [fact] = alike;
  if (fact === undefined) return '';
  const what = fact.what.slice(of.length + 1);
  if (fact.value === unshaped.value) return what;
  const ports = alike.flatMap(({ port }) => (port === '' ? [] : [Number(port)])).sort((left, right) => left - right);
  const at =
    ports.length === 0 ? '' : ` at ${fact.address ?? ''}, ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(' ')}`;
  return `${what}${at}: ${fact.value.replaceAll(/\b[0-9a-f]{64}\b/g, cut)}`;
}

/** The fingerprints that a fact names, in order. */
export function digestsOf(fact: Fact | undefined): string[] {
  return fact?.value.match(/\b[0-9a-f]{64}\b/g) ?? [];
}

/** What is in the one and not in the other, each as often as it is there more: a key store may have one certificate under two aliases. */
export function beyond(digests: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return digests.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** Of a list that kept something only what went and what came: a trust store may hold hundreds. */
function changeOf(was: Fact | undefined, is: Fact | undefined, nameOf: Naming): string {
  const [then, now] = [digestsOf(was), digestsOf(is)];
  const [gone, come] = [beyond(then, now), beyond(now, then)];
  if (gone.length === then.length) return `then ${valueOf(was, nameOf)}, now ${valueOf(is, nameOf)}`;
  const words = [
    ...(gone.length === 0 ? [] : [`no longer ${named(gone, nameOf)}`]),
    ...(come.length === 0 ? [] : [`new ${named(come, nameOf)}`]),
  ];
  return words.length === 0 ? 'the same in another order' : words.join('; ');
}

function valueOf(fact: Fact | undefined, nameOf: Naming): string {
  const digests = digestsOf(fact);
  return digests.length === 0 ? (fact?.value ?? 'not seen') : named(digests, nameOf);
}

/** As many certificates are named in one line. */
const mostNamed = 5;

function named(digests: readonly string[], nameOf: Naming): string {
  const words = digests.slice(0, mostNamed).map((digest) => {
    const name = nameOf(digest);
    return name === null ? cut(digest) : `${name} (${cut(digest)})`;
  });
  const more = digests.length - words.length;
  return `${words.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}

/** As many digits as tell certificates apart. */
function cut(digest: string): string {
  return digest.slice(0, 16);
}
