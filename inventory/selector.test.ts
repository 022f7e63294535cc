import { expect, test } from 'vitest';
import { partsByPage } from './page-parts.ts';
import { selectorMistake } from './selector.ts';

test.each([
  ['', 'write a selector'],
  ['#user[', 'no selector: [ is not closed'],
  ['input[name="j_username]', 'no selector: the quote " is not closed'],
  ['button:text-is("End"))', 'no selector: ) closes nothing'],
  ['a[href=(]', 'no selector: ] closes nothing'],
  ['#user >> ', 'no selector: there is nothing on one side of >>'],
  ['#a\\)b(', 'no selector: ( is not closed'],
  ['#user,', 'no selector: something is missing beside a sign that joins two selectors'],
  [', #user', 'no selector: something is missing beside a sign that joins two selectors'],
])('%j is no selector: %s', (selector, mistake) => expect(selectorMistake(selector)).toBe(mistake));

test.each([
  '#user',
  'form > input[name="a]b"]',
  '//input[@name="user"]',
  'text=(see below',
  '#a\\)b',
  'button:has-text("\\"Ready\\"")',
  ...Object.values(partsByPage).flatMap((parts) =>
    Object.values(parts).flatMap(({ selector, before }) => [
      selector,
      ...(before === undefined ? [] : [before.selector]),
    ]),
  ),
])('%j is one', (selector) => expect(selectorMistake(selector)).toBeNull());
