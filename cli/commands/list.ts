import type { CommandModule } from 'yargs';

interface ListArguments {
  readonly what: 'faults' | 'relations' | 'remediations' | 'products' | 'runs' | 'plans';
  readonly json: boolean;
}

export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list <what>',
  describe: 'List faults, relations, remediations, products, runs or plans',
  builder: (yargs) =>
    yargs
      .positional('what', {
        choices: ['faults', 'relations', 'remediations', 'products', 'runs', 'plans'] as const,
        demandOption: true,
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' }),
  handler: async ({ what, json }) => {
    const { print } = await import('../terminal.ts');
    const rows = await rowsOf(what);
    if (json) print(JSON.stringify(rows, null, 2));
    else
      for (const { id, title, machineTypes, more = {} } of rows) {
        print(`${id.padEnd(46)}${title}${machineTypes === undefined ? '' : `: ${machineTypes.join(', ')}`}`.trimEnd());
        for (const [what, lines] of Object.entries(more))
          for (const [place, line] of lines.entries()) print(`  ${(place === 0 ? what : '').padEnd(11)}${line}`);
      }
  },
};

interface Row {
  readonly id: string;
  readonly title: string;
  readonly machineTypes?: readonly string[];
  /** What else there is to say of it, by kind, a line each. */
  readonly more?: Readonly<Record<string, readonly string[]>>;
}

/** One that was begun and overtaken is refused by `resume`. */
function overtakenTitle(id: string, status: string): string {
  return status.startsWith('begun')
    ? `begun, not ended and overtaken (uccert roll-back ${id} --close)`
    : `${status}, overtaken`;
}

/** The first of many reasons are enough. */
function few(lines: readonly string[]): readonly string[] {
  return lines.length <= 4 ? lines : [...lines.slice(0, 3), `and ${String(lines.length - 3)} more`];
}

async function rowsOf(what: ListArguments['what']): Promise<readonly Row[]> {
  switch (what) {
    case 'faults':
      return (await import('#faults/index.ts')).faults.map(({ id, title }) => ({ id, title }));
    case 'relations':
      return (await import('#products/relations.ts')).relations.map(({ id, breaks }) => ({ id, title: breaks }));
    case 'remediations':
      return (await import('#remediations/index.ts')).remediations.map(({ id, title }) => ({ id, title }));
    case 'products':
      return (await import('#products/index.ts')).products.map(({ id, title, machineTypes }) => ({
        id,
        title,
        machineTypes,
      }));
    case 'runs': {
      const [{ listRuns }, { runsFolder }] = await Promise.all([
        import('#workflow/run-store.ts'),
        import('../places.ts'),
      ]);
      return listRuns(runsFolder()).map((id) => ({ id, title: '' }));
    }
    case 'plans': {
      const [{ keptPlans }, { stateFolder }, { harmless }] = await Promise.all([
        import('#workflow/kept-plans.ts'),
        import('../places.ts'),
        import('#reports/escape.ts'),
      ]);
      return keptPlans(stateFolder()).map(({ id, status, changes, inventory, overtaken, left }) => ({
        id,
        title: overtaken.length === 0 ? status : overtakenTitle(id, status),
        more: {
          changes: few(changes).map(harmless),
          inventory: inventory === null ? [] : [harmless(inventory)],
          overtaken: few(overtaken).map(harmless),
          left: left.map(harmless),
        },
      }));
    }
  }
}
