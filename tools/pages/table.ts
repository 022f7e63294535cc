import type { Source } from '#model/source.ts';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}

export function sourceLine({ document, section, url, confidence }: Source): string {
  return `[${document}](${url}), ${section}${confidence === 'documented' ? '' : ` (${confidence})`}`;
}
