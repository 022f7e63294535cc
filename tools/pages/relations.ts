import { relations } from '#products/relations.ts';
import { relationPage } from '#cli/relation-page.ts';

export function relationsPage(): string {
  return [
    '# Who relies on whom',
    '',
    'Every link that `uccert trust` judges: the store of the machine that relies on it against what the other presents.',
    '',
    ...relations.map(relationPage),
  ].join('\n');
}
