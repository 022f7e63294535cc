import type { Foreseen } from '../foreseen.ts';
import { list } from '../words.ts';
import { markup, nothing, type Markup } from './markup.ts';

const tones: Readonly<Record<Foreseen['outcome'], string>> = {
  'would break': 'critical',
  'would heal': 'well',
  'breaks and heals no link': 'unjudged',
};

/** Before anything else, that the page tells what would be, and what becomes worse and better. */
export function foreseenBlock(foreseen: Foreseen | null): Markup {
  if (foreseen === null) return nothing;
  const { supposed, outcome, headline, breaks, heals } = foreseen;
  const lines = [...breaks.map((line) => ['X', line] as const), ...heals.map((line) => ['+', line] as const)];
  return markup`
<div class="verdict ${tones[outcome]}" id="foreseen">
<p class="soft">Suppose ${list(supposed)}. Nothing below was changed; it is what would be.</p>
<p class="headline">${headline}</p>
${lines.length === 0 ? nothing : markup`<ul class="changes">${lines.map(([mark, line]) => markup`<li><span class="mark" aria-hidden="true">${mark}</span>${line}</li>`)}</ul>`}
</div>`;
}
