import { isThing, isTrue, propertyOf, textOf, type Thing, type Value } from './values.ts';
import { subjects, through, unrolled, type Cmdlet, type Invocation } from './cmdlet.ts';
import { operate } from './operators.ts';
import { listText, screenText } from './output.ts';

const comparisons = ['eq', 'ne', 'like', 'notlike', 'match', 'notmatch', 'gt', 'lt', 'ge', 'le'];

function names({ parameters, positional }: Invocation): string[] {
  const named = parameters.get('property') ?? positional[0] ?? [];
  return (Array.isArray(named) ? (named as readonly Value[]) : [named]).map(textOf);
}

const select: Cmdlet = async (invocation) => {
  const { parameters } = invocation;
  const count = (name: string): number | null => {
    const value = parameters.get(name);
    return value === undefined ? null : Number(textOf(value));
  };
  const skipped = invocation.input.slice(count('skip') ?? 0);
  const last = count('last');
  const some = last === null ? skipped.slice(0, count('first') ?? skipped.length) : skipped.slice(-last);
  const expanded = parameters.get('expandproperty');
  if (expanded !== undefined) {
    const results = await Promise.all(some.map((value) => through(value, textOf(expanded))));
    return results.flat().flatMap(unrolled);
  }
  const wanted = names(invocation);
  if (wanted.length === 0 || wanted.includes('*')) return [...some];
  return some.map((value): Thing => ({
    type: 'selection',
    columns: wanted,
    properties: Object.fromEntries(wanted.map((name) => [name, propertyOf(value, name)])),
  }));
};

/** What ConvertTo-Json makes of a value; a certificate's octets are a list of numbers there. */
function plain(value: Value): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Date) return `/Date(${String(value.getTime())})/`;
  if (Array.isArray(value)) return (value as readonly Value[]).map(plain);
  if (isThing(value))
    return Object.fromEntries(Object.entries(value.properties).map(([name, each]) => [name, plain(each)]));
  return value;
}

/** What stands between the others in a pipeline. */
export const pipes: Readonly<Record<string, Cmdlet>> = {
  'Where-Object': async ({ input, parameters, positional }) => {
    const kept: Value[] = [];
    const comparison = comparisons.find((name) => parameters.has(name));
    for (const value of input) {
      if (comparison !== undefined) {
        const property = propertyOf(value, textOf(parameters.get('property') ?? positional[0] ?? ''));
        if (isTrue(operate(comparison, property, parameters.get(comparison) ?? null))) kept.push(value);
      } else {
        const results = await through(value, parameters.get('filterscript') ?? positional[0] ?? null);
        if (results.some(isTrue)) kept.push(value);
      }
    }
    return kept;
  },

  'ForEach-Object': async ({ input, parameters, positional }) => {
    const results: Value[] = [];
    for (const value of input) {
      results.push(
        ...(await through(value, parameters.get('process') ?? parameters.get('membername') ?? positional[0] ?? null)),
      );
    }
    return results;
  },

  'Select-Object': select,
  'Format-Table': async (invocation) => [screenText(await select(invocation)).trimEnd(), ''],
  'Format-List': (invocation) => [listText(invocation.input, names(invocation)).replace(/\n$/, '')],
  'Out-String': ({ input }) => [screenText(input)],
  'Out-Null': () => [],
  'Measure-Object': ({ input }) => [
    { type: 'selection', columns: ['Count'], properties: { Count: input.length } } satisfies Thing,
  ],
  'Write-Output': (invocation) => subjects(invocation, 'inputobject'),
  'Write-Host': (invocation) => subjects(invocation, 'object').map(textOf),
  'ConvertTo-Json': ({ input, parameters }) => [
    JSON.stringify(
      input.length === 1 ? plain(input[0] ?? null) : input.map(plain),
      null,
      parameters.has('compress') ? 0 : 4,
    ),
  ],
};
