import { expect, test } from 'vitest';
import { notStarted } from './launch.ts';

test.each([
  [
    'chromium',
    'browserType.launch: Target page, context or browser has been closed\nBrowser logs:\n\n<launching> /opt/it',
    '/opt/it ended at once; is it a Chromium?',
  ],
  [
    'firefox',
    'browserType.launch: Target page, context or browser has been closed',
    '/opt/it ended at once; is it a Firefox?',
  ],
  ['chromium', 'browserType.launch: spawn /opt/it EACCES', '/opt/it did not start: spawn /opt/it EACCES'],
] as const)('%s: %j', (browser, message, words) => {
  expect(notStarted('/opt/it', browser, new Error(message)).message.split('\n')[0]).toBe(words);
});
