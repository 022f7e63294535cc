import { expect, test } from 'vitest';
import { readHtml } from './html-page.ts';

test.each([
  [
    'a table that nobody closed',
    '<table><tr><th>Certificate<th>Usage<tr><td><a href=d.do?a=1&amp;b=2>tomcat</a><td>Identity',
    {
      rows: [
        {
          cells: new Map([
            ['Certificate', 'tomcat'],
            ['Usage', 'Identity'],
          ]),
          links: [{ text: 'tomcat', to: 'd.do?a=1&b=2' }],
        },
      ],
    },
  ],
  [
    'a button whose script opens a page',
    `<input type="button" value="Download" onclick="window.open('/cmplatform/get.do?x=1')">`,
    { links: [{ text: 'Download', to: '/cmplatform/get.do?x=1' }] },
  ],
  ['a link that leads nowhere', '<a href="javascript:void(0)">no</a><a>no</a>', { links: [] }],
  [
    'a form with what it sends by itself',
    '<form action="/go"><input name=a value=1><input type=submit name=b><select name=c><option>x<option value=y>Y</select></form>',
    {
      forms: [
        {
          action: '/go',
          fields: new Map([
            ['a', '1'],
            ['c', 'x'],
          ]),
          choices: new Map([['c', ['x', 'y']]]),
        },
      ],
    },
  ],
  [
    'a table within a table that lays the page out',
    '<table><tr><td>left<td><table><tr><td>Certificate<td>Usage<tr><td>tomcat-trust<td>Trust</table></table>',
    {
      rows: [
        {
          cells: new Map([
            ['Certificate', 'tomcat-trust'],
            ['Usage', 'Trust'],
          ]),
          links: [],
        },
      ],
    },
  ],
  ['nothing', '', { forms: [], links: [], rows: [] }],
])('%s', (_, text, expected) => {
  expect(readHtml(text)).toMatchObject(expected);
});

test('a page that is nested without end is read all the same', () => {
  expect(readHtml(`${'<div>'.repeat(20_000)}<a href="/x">there</a>`).links).toEqual([{ text: 'there', to: '/x' }]);
});
