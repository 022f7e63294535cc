import type { Source } from '#model/source.ts';
import { products } from '#products/index.ts';
import type { Product } from '#products/product.ts';
import { rangeTitle } from '#products/release.ts';
import { relations } from '#products/relations.ts';
import { sourceLine, table } from './table.ts';

export function productPage(product: Product): string {
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

export function productIndex(): string {
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
