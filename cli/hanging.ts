import { wrap } from '#reports/text.ts';

/** A line cut to a width; what follows stands under its first word. Lines with an address or a command stay whole, to be copied. */
export function hanging(line: string, width: number): readonly string[] {
  const [indent = ''] = /^\s*(?:- |\d+ {2}|[a-z]+(?: [a-z]+)? {2,})?\s*/.exec(line) ?? [];
  if (line.length <= width || line.includes('://') || line.includes(' && ')) return [line];
  return wrap(line.slice(indent.length), width - indent.length).map((part, place) =>
    place === 0 ? `${indent}${part}` : `${' '.repeat(indent.length)}${part}`,
  );
}
