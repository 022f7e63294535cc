import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { relationPage } from '../cli/relation-page.ts';
import { faultPage } from '#cli/fault-page.ts';
import { categories } from '#faults/define-fault.ts';
import { faults } from '#faults/index.ts';
import { partsByPage } from '#inventory/page-parts.ts';
import { companionWords, pageSorts } from '#inventory/pages.ts';
import { InventoryFile } from '#inventory/schema.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { Plan } from '#model/plan.ts';
import { Run } from '#model/run.ts';
import type { Source } from '#model/source.ts';
import { productOf, products } from '#products/index.ts';
import type { Product } from '#products/product.ts';
import { rangeTitle } from '#products/release.ts';
import { faultsShownBy, labOf } from '../lab/scenario.ts';
import { requirementList, requiringDocuments } from '#products/requirements.ts';
import { relations } from '#products/relations.ts';
import { remediations } from '#remediations/index.ts';
import { leftToPeople } from '#remediations/left-to-people.ts';

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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

function sourceLine({ document, section, url, confidence }: Source): string {
  return `[${document}](${url}), ${section}${confidence === 'documented' ? '' : ` (${confidence})`}`;
}

function faultTable(): string {
  const rows = categories.flatMap((category) => {
    const own = faults.filter((fault) => fault.category === category);
    return own.length === 0
      ? []
      : [[category, own.map(({ id }) => `[${id}](docs/catalogue/faults/${id}.md)`).join(', ')]];
  });
  return table(['category', 'faults'], rows);
}

function browserPages(): string {
  const rows = [...new Set(pageSorts.map(({ page }) => page))].map((page) => {
    const sorts = pageSorts.filter((sort) => sort.page === page);
    const machines = [...new Set(sorts.flatMap(({ types }) => types).map((type) => productOf(type).title))];
    const places = [...new Set(sorts.map(({ port, path }) => `${String(port)} \`${path}\``))];
    const roles = sorts.flatMap(({ roles: signsIn = [], beside }) =>
      signsIn.map((role) => {
        const companion = beside?.[role];
        return companion === undefined ? role : `${role} (and ${companionWords(companion, role)})`;
      }),
    );
    return [page, machines.join(', '), places.join(', '), roles.join(', ') || 'nobody'];
  });
  return table(['page', 'machines', 'port and path', 'signs in'], rows);
}

function browserParts(): string {
  const code = (selector: string): string => `\`${selector.replaceAll('|', '\\|')}\``;
  const rows = Object.entries(partsByPage).flatMap(([page, parts]) =>
    Object.entries(parts).map(([name, { words, selector, before }]) => [
      page,
      `\`${name}\``,
      words,
      before === undefined ? code(selector) : `${code(selector)}, before ${before.release} ${code(before.selector)}`,
    ]),
  );
  return table(['page', 'part', 'what it is', 'selector'], rows);
}

function faultIndex(): string {
  const bySymptom = [...faults].sort((left, right) => left.symptom.localeCompare(right.symptom));
  const byProduct = products.flatMap((product) => {
    const own = faults.filter(({ appliesTo }) => appliesTo?.some((rule) => rule.product === product.id) === true);
    return own.length === 0 ? [] : [`- ${product.title}: ${own.map(({ id }) => `[${id}](${id}.md)`).join(', ')}`];
  });
  return [
    '# Faults',
    '',
    `${String(faults.length)} faults. Each is one file with its sources; the pages are made from it.`,
    '',
    '## By what people see',
    '',
    table(
      ['what people see', 'fault', 'severity'],
      bySymptom.map(({ symptom, id, severity }) => [symptom, `[${id}](${id}.md)`, severity]),
    ),
    '## By category',
    '',
    ...categories.flatMap((category) => {
      const own = faults.filter((fault) => fault.category === category);
      return own.length === 0 ? [] : [`- **${category}**: ${own.map(({ id }) => `[${id}](${id}.md)`).join(', ')}`];
    }),
    '',
    '## Only about one product',
    '',
    ...byProduct,
    '',
  ].join('\n');
}

function productPage(product: Product): string {
  const rows = product.listeners.map(({ port, title, service, presents, audiences, page, releases, optional }) => [
    String(port),
    title,
    service,
    presents ?? 'not documented',
    audiences.join(', '),
    page === undefined ? '' : `\`${page}\``,
    [
      releases === undefined ? '' : rangeTitle(releases),
      optional === undefined ? '' : `may be closed (${rangeTitle(optional)}): ${optional.because}`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  ]);
  const restarts = [
    ['its own certificate', product.afterIdentityChange],
    ['its trust store', product.afterTrustChange],
    ...Object.entries(product.afterTrustChangeIn ?? {}).map(([store, recipe]) => [store, recipe] as const),
  ] as const;
  const links = relations.filter((relation) =>
    product.machineTypes.some((type) => relation.relyingParty.includes(type)),
  );
  return [
    `# ${product.title}`,
    '',
    `Machine types: ${product.machineTypes.map((type) => `\`${type}\``).join(', ')}.`,
    '',
    ...product.notes.map((note) => `- ${note}`),
    '',
    ...(rows.length === 0
      ? []
      : [
          '## Ports',
          '',
          table(['port', 'what answers', 'service', 'presents', 'opened by', 'page', 'releases'], rows),
        ]),
    ...storesOf(product),
    ...keysOf(product),
    ...restarts.flatMap(([what, recipe]) =>
      recipe === undefined
        ? []
        : [
            `## Restart after a change of ${what}`,
            '',
            ...recipe.services.map(
              ({ service, outage, how }, place) =>
                `${String(place + 1)}. ${service}: ${outage}${how === undefined ? '' : ` (${how})`}`,
            ),
            '',
            ...recipe.sources.map((source) => `- ${sourceLine(source)}`),
            '',
            ...(recipe.otherwise === undefined
              ? []
              : [
                  `Another document says instead: ${recipe.otherwise.what}. Do it where the new state does not show after the services.`,
                  '',
                  ...recipe.otherwise.sources.map((source) => `- ${sourceLine(source)}`),
                  '',
                ]),
          ],
    ),
    ...(links.length === 0
      ? []
      : [
          '## Relies on',
          '',
          table(
            ['presenter', 'port, or what is shown', 'store here', 'without it'],
            links.map((link) => [
              link.presenter.join(', '),
              link.presents === undefined ? String(link.port) : `${link.identity}, ${link.presents}`,
              link.store,
              link.breaks,
            ]),
          ),
        ]),
    '## Sources',
    '',
    ...[...new Set([...product.sources, ...product.listeners.flatMap(({ sources }) => sources)].map(sourceLine))].map(
      (line) => `- ${line}`,
    ),
    '',
  ].join('\n');
}

function relationsPage(): string {
  return [
    '# Who relies on whom',
    '',
    'Every link that `uccert trust` judges: the store of the machine that relies on it against what the other presents.',
    '',
    ...relations.map(relationPage),
  ].join('\n');
}

function storesOf({ stores }: Product): string[] {
  if (stores.length === 0) return [];
  const kinds = { 'java-key-store': 'key store', 'windows-store': 'Windows store', 'pem-files': 'PEM files' };
  const rows = stores.map(({ identity, trust, keptIn, trustFiles }) => [
    identity,
    keptIn === undefined
      ? 'Unified OS Administration'
      : `${kinds[keptIn.by]}${'format' in keptIn ? ` (${keptIn.format})` : ''}, \`${keptIn.path}\``,
    trust,
    (trustFiles ?? [])
      .map(({ releases, path }) => `\`${path}\`${releases === undefined ? '' : ` (${rangeTitle(releases)})`}`)
      .join('; '),
  ]);
  return ['## Stores', '', table(['identity', 'kept in', 'trust store', 'file of the trust store'], rows)];
}

/** Which keys its certificates may have, and where it shows them as a client. */
function keysOf({ ecdsa, rsaKeys = [], mutualTls = [] }: Product): string[] {
  const cite = (sources: readonly Source[]): string => sources.map(sourceLine).join('; ');
  const lines = [
    ...(ecdsa === undefined
      ? []
      : [
          `May present ECDSA: ${ecdsa.releases.map(rangeTitle).join(' and ')}${ecdsa.without === undefined ? '' : `; RSA only: ${rangeTitle(ecdsa.without)}`}. ${cite(ecdsa.sources)}`,
        ]),
    ...rsaKeys.map(
      ({ releases, longest, because, sources }) =>
        `RSA keys longer than ${String(longest)} bits (${rangeTitle(releases)}): ${because}. ${cite(sources)}`,
    ),
    ...mutualTls.map(
      ({ identity, to, releases, isSecured, sources }) =>
        `Shows ${identity} as a client to ${to} (${rangeTitle(releases ?? {})}, secured ${isSecured}). ${cite(sources)}`,
    ),
  ];
  return lines.length === 0 ? [] : ['## Keys and client authentication', '', ...lines.map((line) => `- ${line}`), ''];
}

function productIndex(): string {
  return [
    '# Products',
    '',
    table(
      ['product', 'machine types', 'TLS ports'],
      products.map(({ id, title, machineTypes, listeners }) => [
        `[${title}](${id}.md)`,
        machineTypes.join(', '),
        listeners.map(({ port }) => port).join(', ') || 'from the inventory',
      ]),
    ),
  ].join('\n');
}

function remediationsPage(): string {
  return [
    '# Remediations',
    '',
    ...remediations.flatMap(({ id, title, describes, fixes, on, sources }) => [
      `## ${id}`,
      '',
      `**${title}.** ${describes}`,
      '',
      `- clears ${fixes.map((fault) => `[${fault}](faults/${fault}.md)`).join(', ')}`,
      `- on ${on.map((product) => `[${product}](products/${product}.md)`).join(', ')}`,
      ...sources.map((source) => `- source: ${sourceLine(source)}`),
      '',
    ]),
    '## Left to people',
    '',
    'What no plan puts right, or not on every machine, and why.',
    '',
    ...[...leftToPeople].map(
      ([fault, { because, lookedAt = [] }]) =>
        `- [${fault}](faults/${fault}.md): ${because}${lookedAt.length === 0 ? '' : `; looked for in ${lookedAt.map(sourceLine).join('; ')}`}`,
    ),
    '',
  ].join('\n');
}

function scenariosPage(): string {
  return [
    '# Scenarios of the lab',
    '',
    'Break the lab with `uccert lab break ID`, heal it with `uccert lab heal`. Each shows exactly these faults to `uccert trust --deep` and to the command named, and some to a browser: tests hold them to it.',
    '',
    table(
      ['scenario', 'what happened', 'lab', 'shows'],
      scenarios.map(({ id, title, story, ...scenario }) => [
        `\`${id}\``,
        `**${title}.** ${story}${scenario.look === undefined ? '' : ` Seen by \`uccert ${scenario.look.with}\`.`}`,
        labOf(scenario),
        faultsShownBy(scenario)
          .map((fault) => `[${fault}](faults/${fault}.md)`)
          .join(', '),
      ]),
    ),
  ].join('\n');
}

function requirementsPage(): string {
  return [
    '# What documents ask for',
    '',
    'What Cisco’s documents ask of certificates, in our own words, and the [scenarios](scenarios.md) of the lab in which it is not so; or why there is nothing to break.',
    '',
    table(
      ['row', 'document', 'what is asked for', 'scenarios'],
      requirementList.map(({ id, document, asks, isNoStateBecause }) => [
        id,
        requiringDocuments[document],
        asks,
        isNoStateBecause === undefined
          ? scenarios
              .filter(({ rows = [] }) => rows.includes(id))
              .map((scenario) => `\`${scenario.id}\``)
              .join(', ')
          : `none: ${isNoStateBecause}`,
      ]),
    ),
  ].join('\n');
}

function cliPage(): string {
  const help = (args: readonly string[]): string =>
    execFileSync(process.execPath, ['cli/main.ts', ...args, '--help'], {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '100' },
    }).trimEnd();
  const top = help([]);
  const names = [...top.matchAll(/^ {2}uccert (\S+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'completion');
  // The examples begin like the commands.
  const verbs = new Set(Array.from(help(['lab']).matchAll(/^ {2}uccert lab (\S+)/gm), ([, name = '']) => name));
  const lab = [...verbs].map((name) => ['lab', name]);
  const commands = [[], ...names.filter((name) => name !== 'lab').map((name) => [name]), ['lab'], ...lab];
  return [
    '# Command line',
    '',
    ...commands.flatMap((args) => [`## uccert ${args.join(' ')}`.trimEnd(), '', '```', help(args), '```', '']),
  ].join('\n');
}

function importDiagram(): string {
  const { may } = createRequire(import.meta.url)('./import-table.cjs') as { may: Record<string, string[]> };
  return table(
    ['folder', 'may import'],
    Object.entries(may).map(([folder, to]) => [
      `\`${folder}/\``,
      to.map((name) => `\`${name}\``).join(' ') || 'nothing of ours',
    ]),
  );
}
