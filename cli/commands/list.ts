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
      for (const { id, title, machineTypes } of rows)
        print(`${id.padEnd(46)}${title}${machineTypes === undefined ? '' : `: ${machineTypes.join(', ')}`}`.trimEnd());
  },
};

interface Row {
  readonly id: string;
  readonly title: string;
  readonly machineTypes?: readonly string[];
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
    case 'runs':
    case 'plans': {
      const [{ listRuns }, { listPlans, planWords }, places] = await Promise.all([
        import('#workflow/run-store.ts'),
        import('#workflow/plan-store.ts'),
        import('../places.ts'),
      ]);
      if (what === 'runs') return listRuns(places.runsFolder()).map((id) => ({ id, title: '' }));
      const { planStatus } = await import('#workflow/begun-plans.ts');
      const plans = places.plansFolder();
      return listPlans(plans).map((id) => ({
        id,
        title: `${planStatus(places.stateFolder(), id)}: ${planWords(id, plans)}`,
      }));
    }
  }
}
