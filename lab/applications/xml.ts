import { createElement, parse, type Element } from 'ltx';

/** What stands in an element: text, children by name in their order, the same child several times, or nothing. */
export type Content = string | number | boolean | null | { readonly [name: string]: Content | readonly Content[] };

/** An element from plain values. A child that is null is left out. */
export function element(name: string, content: Content, attributes: Record<string, string> = {}): Element {
  const made = createElement(name, attributes);
  if (content === null) return made;
  if (typeof content !== 'object') return made.t(String(content));
  for (const [child, value] of Object.entries(content)) {
    for (const one of Array.isArray(value) ? (value as readonly Content[]) : [value as Content]) {
      if (one !== null) made.cnode(element(child, one));
    }
  }
  return made;
}

/** The root element of what a client sent, or null where it is no XML. */
export function parsed(text: string): Element | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
