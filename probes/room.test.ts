import { expect, test } from 'vitest';
import { roomForConnections } from './room.ts';

const limits = (files: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max open files            ${files.padEnd(20)} 524288               files     
`;

test.each([
  ['as many as files, less what else is open', limits('1024'), 924],
  ['one at least', limits('64'), 1],
  ['not more than memory has room for', limits('524288'), 8000],
  ['likewise without a limit', limits('unlimited'), 8000],
  ['what is usual where the system does not say', '', 3900],
])('there is room for %s', (_what, text, room) => {
  expect(roomForConnections(() => text)).toBe(room);
});

test('this system is asked', () => {
  expect(roomForConnections()).toBeGreaterThan(0);
});
