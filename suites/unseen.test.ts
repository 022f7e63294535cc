import { expect, test } from 'vitest';
import { elementInWords, selectorMistake } from './unseen.ts';

const names: Readonly<Record<string, string>> = { "locator('#nope')": 'the button Answer' };
const inWords = (message: string): string | null => elementInWords(message, (locator) => names[locator]);

/** As Playwright 1.65 words them. */
const expectation = (name: string, received: string): string =>
  `expect(locator).toBeVisible() failed\n\nLocator:  ${name}\nExpected: visible\n${received}\nTimeout:  500ms\n\nCall log:\n  - waiting for locator('#x')`;
const action = (log: string): string =>
  `locator.click: Timeout 500ms exceeded.\nCall log:\n\u001B[2m  - waiting for locator('#nope')\u001B[22m\n${log}`;

test.each([
  [expectation('the menu', 'Received: hidden'), 'the menu: hidden'],
  [expectation('the menu', 'Error: element(s) not found'), 'the menu: not there'],
  [expectation('a dialog', 'Received: visible'), 'a dialog: there all the same'],
  [expectation('the state', 'Received string:  "Not Ready"'), 'the state: says "Not Ready"'],
  [expectation('the state', 'Received string:  ""'), 'the state: says nothing'],
  [action(''), 'the button Answer: not there'],
  [`TimeoutError: ${action('')}`, 'the button Answer: not there'],
  [action('- locator resolved to <p>\n- element is not visible'), 'the button Answer: hidden'],
  [action('- locator resolved to <p>\n- element is not enabled'), 'the button Answer: cannot be used'],
  [action('- locator resolved to <p>\n- <p> intercepts pointer events'), 'the button Answer: covered'],
])('%j', (message, words) => expect(inWords(message)).toBe(words));

test.each([
  expectation("locator('#a').or(locator('#b')).first()", 'Error: element(s) not found'),
  'agent1 is signed in\n\nexpect(received).toBe(expected)\n\nExpected: "NOT_READY"\nReceived: "LOGOUT"',
  'page.goto: net::ERR_FAILED',
])('of no element that has a name: %j', (message) => expect(inWords(message)).toBeNull());

test('a selector that cannot be parsed is told from an element that is not there', () => {
  const message =
    'expect(locator).toBeVisible() failed\n\nError: Unknown engine "foo" while parsing selector foo=bar\n\nCall log:';
  expect(selectorMistake(message)).toBe('Unknown engine "foo" while parsing selector foo=bar');
  expect(selectorMistake(expectation('the menu', 'Received: hidden'))).toBeNull();
});
