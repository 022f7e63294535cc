import { categories } from '#faults/define-fault.ts';
import { faults } from '#faults/index.ts';
import { products } from '#products/index.ts';
import { table } from './table.ts';

export function faultTable(): string {
  const rows = categories.flatMap((category) => {
    const own = faults.filter((fault) => fault.category === category);
    return own.length === 0
      ? []
      : [[category, own.map(({ id }) => `[${id}](docs/catalogue/faults/${id}.md)`).join(', ')]];
  });
  return table(['category', 'faults'], rows);
}

export function faultIndex(): string {
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
