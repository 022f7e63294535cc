import { escapeHtml } from '../escape.ts';

/** HTML that is already safe. Only `markup` makes it, so text cannot be mistaken for it. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Content = string | number | Markup | readonly Markup[] | null;

/** Template whose values are escaped as text or quoted attribute, unless they are markup themselves; null is nothing. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(render)));
}

export const nothing = new Markup('');

/** Text of several lines, for `pre`: its line feeds stay. */
export function preformatted(text: string): Markup {
  return new Markup(text.split('\n').map(escapeHtml).join('\n'));
}

/** A number of a drawing, with as many digits as can be seen. */
export function decimal(value: number): string {
  return value.toFixed(2);
}

function render(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.html;
  if (typeof content === 'object') return content.map(({ html }) => html).join('');
  return escapeHtml(String(content));
}
