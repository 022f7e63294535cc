import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { categories, type Category } from '#faults/define-fault.ts';

/**
 * Scaffolds one unit: the files and the line in its list. `npm run new fault ID -- --category validity`.
 * The mark below stands wherever something is to be filled in; the catalogue test fails while it does.
 */
const mark = ['FILL', 'IN'].join('-');
const usage = `npm run new fault|remediation|scenario|product|probe|suite ID [-- --category ${categories.join('|')}]`;

const [kind = '', id = '', ...rest] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new Error(`An id is kebab-case.\n${usage}`);
const camel = id.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());

const kinds: Readonly<Record<string, () => void>> = { fault, remediation, scenario, product, probe, suite };
const scaffold = kinds[kind];
if (scaffold === undefined) throw new Error(usage);
scaffold();

function fault(): void {
  const category = rest[rest.indexOf('--category') + 1] as Category;
  if (!categories.includes(category)) throw new Error(`A fault has a category.\n${usage}`);
  write(
    `faults/${category}/${id}.ts`,
    `import { rfc } from '#model/rfc.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const ${camel} = defineFault({
  id: '${id}',
  category: '${category}',
  title: '${mark}: one line for the fault found',
  titleAbsent: '${mark}: one line for the fault not found',
  symptom: '${mark}: what people see, in their words',
  cause: '${mark}: why it happens',
  advice: '${mark}: what to do',
  severity: 'major',
  sources: [rfc(5280, '${mark}')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    if (endEntity.subject !== '${mark}') return absent;
    return present('major', '${mark}: what was seen', { subject: endEntity.subject }, endEntity.sha256);
  },
});
`,
  );
  write(
    `faults/${category}/${id}.test.ts`,
    `import { testFault } from '#tests/support/test-fault.ts';
import { ${camel} } from './${id}.ts';

// ${mark}: at least one case of each; the edges of the clause.
testFault(${camel}, { present: [], absent: [] });
`,
  );
  list('faults/index.ts', `import { ${camel} } from './${category}/${id}.ts';`, camel);
  kindOf('scenario', `shows-${id}`);
}

function remediation(): void {
  write(
    `remediations/${id}.ts`,
    `import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';

export const ${camel} = defineRemediation({
  id: '${id}',
  title: '${mark}: one line',
  describes: '${mark}: what it does and what it costs',
  fixes: ['certificate-expired'],
  on: ['uccx'],
  sources: [cisco.uccxCertificates('${mark}')],
  plan() {
    return { declined: '${mark}' };
  },
});
`,
  );
  list('remediations/index.ts', `import { ${camel} } from './${id}.ts';`, camel);
}

function scenario(): void {
  write(
    `lab/scenarios/${id}.ts`,
    `import type { Scenario } from '../scenario.ts';

export const ${camel}: Scenario = {
  id: '${id}',
  title: '${mark}: what is broken, one line',
  story: '${mark}: how it came about, as an engineer tells it',
  needs: 'any',
  change: (lab) => lab.install('uccx1', {}),
  expects: [{ fault: 'certificate-expired', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
`,
  );
  list('lab/scenarios/index.ts', `import { ${camel} } from './${id}.ts';`, camel);
}

function product(): void {
  write(
    `products/${id}.ts`,
    `import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** ${mark}: what it is. */
export const ${camel}: Product = {
  id: '${id}',
  title: '${mark}',
  machineTypes: ['CLIENT_PC'],
  platform: 'none',
  listeners: [],
  stores: [],
  notes: ['${mark}'],
  sources: [cisco.uccxCertificates('${mark}')],
};
`,
  );
  list('products/index.ts', `import { ${camel} } from './${id}.ts';`, camel);
}

function probe(): void {
  write(
    `probes/${id}.ts`,
    `import type { Haul } from './endpoint.ts';

/** ${mark}: what it records, over what, within which limits. It never judges. Its kind goes into model/observation.ts. */
export function probe${camel.charAt(0).toUpperCase()}${camel.slice(1)}(): Promise<Haul> {
  return Promise.resolve({ observations: [], certificates: new Map() });
}
`,
  );
}

function suite(): void {
  write(
    `suites/${id}.spec.ts`,
    `import { expect, test } from './fixtures.ts';

// ${mark}: the page a person opens, and what shows that it works.
test('${id}', async ({ page }) => {
  await expect(page).toHaveTitle('${mark}');
});
`,
  );
}

function kindOf(other: string, name: string): void {
  console.log(`Now its scenario: npm run new ${other} ${name}`);
}

function write(file: string, text: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`written  ${file}`);
}

/** Adds the import and the entry of a list. Prettier and the lints say the rest. */
function list(file: string, line: string, name: string): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.splice(lines.findLastIndex((text) => text.startsWith('import ')) + 1, 0, line);
  const text = lines.join('\n');
  const end = /,?\s*\](?= as const;|;)/.exec(text);
  if (end === null) throw new Error(`${file} has no list to add to`);
  writeFileSync(file, `${text.slice(0, end.index)}, ${name},\n${text.slice(end.index).replace(/^,?\s*/, '')}`);
  console.log(`listed   ${file}`);
}
