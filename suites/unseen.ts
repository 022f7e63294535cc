import { stripVTControlCharacters } from 'node:util';

/** What Playwright says of an element, in its own words. */
interface Said {
  /** The element as it was described, or its locator. */
  readonly element: string;
  /** What became of it: `hidden`, `says "Ready"`. */
  readonly state: string;
}

/**
 * Plain words for what Playwright says of an element that did not come, or not as expected: `the button Answer of Finesse
 * desktop: hidden`. Null where the error is about no element. `nameOf` gives the words for a locator, where it knows them.
 */
export function elementInWords(message: string, nameOf: (locator: string) => string | undefined): string | null {
  const said = saidIn(stripVTControlCharacters(message));
  if (said === null) return null;
  const name = nameOf(said.element) ?? said.element;
  // Of several that would do, Playwright gives the locators, which help nobody.
  return /\blocator\(|^internal:/.test(name) ? null : `${name}: ${said.state}`;
}

/** A selector that Playwright cannot parse, in its words; null where the error is another one. */
export function selectorMistake(message: string): string | null {
  return (
    /^.*while parsing (?:css )?selector.*$|^.*is not a valid selector.*$/m
      .exec(stripVTControlCharacters(message))?.[0]
      ?.replace(/^Error: /, '') ?? null
  );
}

function saidIn(message: string): Said | null {
  const expected = /^Locator: +(.+)$/m.exec(message)?.[1];
  if (expected !== undefined) return { element: expected, state: stateIn(message) };
  // A click, or what is typed, that found nothing to act on.
  const acted = /^(?:TimeoutError: )?locator\.\w+: Timeout .*?waiting for (.+?)$/ms.exec(message)?.[1];
  if (acted === undefined) return null;
  if (!message.includes('locator resolved to')) return { element: acted, state: 'not there' };
  if (message.includes('element is not visible')) return { element: acted, state: 'hidden' };
  return { element: acted, state: message.includes('element is not enabled') ? 'cannot be used' : 'covered' };
}

function stateIn(message: string): string {
  const text = /^Received(?: string)?: +(".*")$/m.exec(message)?.[1];
  if (text !== undefined) return text === '""' ? 'says nothing' : `says ${text}`;
  if (/^Received: +visible$/m.test(message)) return 'there all the same';
  return /^Received: +hidden$/m.test(message) ? 'hidden' : 'not there';
}
