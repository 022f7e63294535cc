import { partsByPage } from '#inventory/page-parts.ts';
import { companionWords, pageSorts } from '#inventory/pages.ts';
import { productOf } from '#products/index.ts';
import { table } from './table.ts';

export function browserPages(): string {
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

export function browserParts(): string {
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
