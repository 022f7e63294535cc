import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import * as z from 'zod';
import { faultPage } from '#cli/fault-page.ts';
import { faults } from '#faults/index.ts';
import { InventoryFile } from '#inventory/schema.ts';
import { Plan } from '#model/plan.ts';
import { Run } from '#model/run.ts';
import { products } from '#products/index.ts';
import { browserPages, browserParts } from './pages/browser.ts';
import { cliPage } from './pages/cli.ts';
import { faultIndex, faultTable } from './pages/faults.ts';
import { importDiagram } from './pages/imports.ts';
import { productIndex, productPage } from './pages/products.ts';
import { relationsPage } from './pages/relations.ts';
import { remediationsPage } from './pages/remediations.ts';
import { requirementsPage } from './pages/requirements.ts';
import { scenariosPage } from './pages/scenarios.ts';

/**
 * Writes every page that comes from the code's own metadata, and the parts between markers of hand-written ones.
 * With --check it writes nothing and fails when a file differs from what it would write.
 */
const isCheck = process.argv.includes('--check');
const pages = new Map<string, string>();

for (const fault of faults) pages.set(`docs/catalogue/faults/${fault.id}.md`, faultPage(fault));
pages.set('docs/catalogue/faults/README.md', faultIndex());
for (const product of products) pages.set(`docs/catalogue/products/${product.id}.md`, productPage(product));
pages.set('docs/catalogue/products/README.md', productIndex());
pages.set('docs/catalogue/remediations.md', remediationsPage());
pages.set('docs/catalogue/scenarios.md', scenariosPage());
pages.set('docs/catalogue/requirements.md', requirementsPage());
pages.set('docs/catalogue/relations.md', relationsPage());
for (const [name, schema] of [
  ['inventory', InventoryFile],
  ['run', Run],
  ['plan', Plan],
] as const) {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  pages.set(`docs/schemas/${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`);
}
pages.set('docs/cli.md', cliPage());
pages.set('docs/architecture.md', await between('docs/architecture.md', { imports: importDiagram() }));
pages.set(
  'docs/guide/browsing.md',
  await between('docs/guide/browsing.md', { pages: browserPages(), parts: browserParts() }),
);
pages.set('README.md', await between('README.md', { faults: faultTable() }));

const differing = [...pages]
  .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  .map(([path]) => path);
const stale = generatedFiles().filter((path) => !pages.has(path));
if (isCheck) {
  if (differing.length + stale.length > 0) {
    console.error(
      `These pages differ from the code they are made from:\n${[...differing, ...stale].map((path) => `  ${path}`).join('\n')}\nRun npm run docs.`,
    );
    process.exitCode = 1;
  }
} else {
  for (const path of differing) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, pages.get(path) ?? '');
  }
  for (const path of stale) rmSync(path);
  console.log(`${String(pages.size)} pages, ${String(differing.length)} written, ${String(stale.length)} removed`);
}

function generatedFiles(): string[] {
  return ['docs/catalogue', 'docs/schemas'].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
      : [],
  );
}

/** A hand-written page with the texts between its markers made anew, in the format the other pages keep. */
async function between(file: string, texts: Readonly<Record<string, string>>): Promise<string> {
  let page = readFileSync(file, 'utf8');
  for (const [name, text] of Object.entries(texts)) {
    const [begin, end] = [`<!-- ${name}: generated, npm run docs -->`, `<!-- /${name} -->`];
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${file} lacks the markers ${begin} and ${end}`);
    page = `${page.slice(0, from + begin.length)}\n\n${text}\n${page.slice(to)}`;
  }
  return format(page, { parser: 'markdown' });
}
