import { expect, test } from 'vitest';
import { browseCommand } from './scenario.ts';

test.each([
  ['a page is refused', { refusedAt: [{ on: 'UCCX_PUBLISHER', port: 8445 }] as const }, 'uccert browse'],
  ['a page does not work', { noticedOn: ['Chat'] as const }, 'uccert browse --page "Chat"'],
  ['no page tells', {}, null],
])('the command that shows what people notice: %s', (_what, scenario, command) =>
  expect(browseCommand(scenario)).toBe(command),
);
