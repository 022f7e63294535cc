import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** One form: where it goes, and what it sends when nobody touches it. */
export interface HtmlForm {
  readonly action: string;
  readonly fields: ReadonlyMap<string, string>;
  /** What can be chosen, by the name of the field. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

export interface HtmlLink {
  readonly text: string;
  readonly to: string;
}

/** One row of a table, by the headings of its columns. */
export interface HtmlRow {
  readonly cells: ReadonlyMap<string, string>;
  readonly links: readonly HtmlLink[];
}

/** What a program needs of a page: read as a browser reads it, whatever is left open or written wrong. */
export interface HtmlPage {
  readonly forms: readonly HtmlForm[];
  readonly links: readonly HtmlLink[];
  readonly rows: readonly HtmlRow[];
}

export function readHtml(text: string): HtmlPage {
  const document = parse(text);
  return {
    forms: elements(document, 'form').map(formOf),
    links: linksIn(document),
    rows: elements(document, 'table').flatMap(rowsOf),
  };
}

/** Every node below, in the order of the page. Pages may be nested deeper than a stack of calls. */
function* below(node: Node, descends: (element: Element) => boolean = () => true): Generator<Node> {
  const waiting = childrenOf(node).toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    if (tree.isElementNode(next) && !descends(next)) continue;
    for (const child of childrenOf(next).toReversed()) waiting.push(child);
  }
}

function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

function elements(node: Node, name: string, descends?: (element: Element) => boolean): Element[] {
  return [...below(node, descends)]
    .filter((each) => tree.isElementNode(each))
    .filter(({ tagName }) => tagName === name);
}

function attribute({ attrs }: Element, name: string): string | null {
  return attrs.find((each) => each.name === name)?.value ?? null;
}

function textOf(node: Node): string {
  const texts = [...below(node)].map((each) => (tree.isTextNode(each) ? each.value : ' '));
  return texts.join('').replaceAll(/\s+/g, ' ').trim();
}

function formOf(form: Element): HtmlForm {
  const fields = new Map<string, string>();
  const choices = new Map<string, readonly string[]>();
  for (const input of elements(form, 'input')) {
    const name = attribute(input, 'name');
    // A button is sent only by whoever presses it.
    if (name === null || ['submit', 'button', 'reset', 'file'].includes(attribute(input, 'type') ?? 'text')) continue;
    fields.set(name, attribute(input, 'value') ?? '');
  }
  for (const select of elements(form, 'select')) {
    const name = attribute(select, 'name');
    if (name === null) continue;
    const options = elements(select, 'option').map((option) => attribute(option, 'value') ?? textOf(option));
    choices.set(name, options);
    fields.set(name, options[0] ?? '');
  }
  return { action: attribute(form, 'action') ?? '', fields, choices };
}

/** Links, and buttons whose script opens a page of its own name: old pages have more of these. */
function linksIn(node: Node): HtmlLink[] {
  return ['a', 'button', 'input'].flatMap((name) =>
    elements(node, name).flatMap((element): HtmlLink[] => {
      const script = /['"]([^'"]*\.do[^'"]*)['"]/.exec(attribute(element, 'onclick') ?? '')?.[1];
      const to = attribute(element, 'href') ?? script;
      const text = textOf(element) || (attribute(element, 'value') ?? '');
      return to === undefined || to.startsWith('javascript:') ? [] : [{ text, to }];
    }),
  );
}

/** Old pages are laid out by tables: what lies in a table of its own is not of the one around it. */
const isNoTable = ({ tagName }: Element): boolean => tagName !== 'table';

function rowsOf(table: Element): HtmlRow[] {
  const rows = elements(table, 'tr', isNoTable);
  const named = elements(table, 'th', isNoTable);
  const cellsOf = (row: Element | undefined): Element[] => (row === undefined ? [] : elements(row, 'td', isNoTable));
  const headings = (named.length > 0 ? named : cellsOf(rows[0])).map(textOf);
  return rows.slice(named.length > 0 ? 0 : 1).flatMap((row): HtmlRow[] => {
    const cells = cellsOf(row).map(textOf);
    if (cells.length === 0) return [];
    return [{ cells: new Map(headings.map((heading, at) => [heading, cells[at] ?? ''])), links: linksIn(row) }];
  });
}
