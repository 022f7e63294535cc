import { isBuiltin } from 'node:module';

/** An import statement as esbuild writes it: of everything, of the default, of names, or of nothing. */
const statement =
  /\bimport ?(?:\* ?as (?<all>[\w$]+) ?|(?<main>[\w$]+) ?)?,?(?:\{(?<names>[^}]*)\})? ?(?:from ?)?["'](?<module>[\w:/]+)["'];/g;

/**
 * The same module with what it imports of Node's own taken from `process.getBuiltinModule`. An import asks each of Node's modules for all that it exports, and
 * much of that is made when it is asked for: `node:util` alone loads worker threads, `node:fs` the streams of files.
 */
export function withoutFacades(source: string): string {
  const taken: string[] = [];
  const rest = source.replace(statement, (whole, ...matched) => {
    const { all, main, names, module = '' } = matched.at(-1) as Readonly<Record<string, string | undefined>>;
    if (!isBuiltin(module)) return whole;
    const builtin = `process.getBuiltinModule(${JSON.stringify(module)})`;
    const kept = [all, main, names === undefined ? undefined : `{${names.replace(/ as /g, ':')}}`];
    const bound = kept.filter((name) => name !== undefined).map((name) => `${name}=${builtin}`);
    taken.push(bound.length === 0 ? `${builtin};` : `const ${bound.join(',')};`);
    return '';
  });
  // In front, as imports are.
  const [first = ''] = /^#!.*\n/.exec(rest) ?? [];
  return `${first}${taken.join('')}${rest.slice(first.length)}`;
}
