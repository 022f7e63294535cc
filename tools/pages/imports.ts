import { createRequire } from 'node:module';
import { table } from './table.ts';

export function importDiagram(): string {
  const { may } = createRequire(import.meta.url)('../import-table.cjs') as { may: Record<string, string[]> };
  return table(
    ['folder', 'may import'],
    Object.entries(may).map(([folder, to]) => [
      `\`${folder}/\``,
      to.map((name) => `\`${name}\``).join(' ') || 'nothing of ours',
    ]),
  );
}
