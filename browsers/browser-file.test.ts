import { expect, test } from 'vitest';
import { browserFile } from './browser-file.ts';

test('the browser that was named comes first, and alone', () => {
  expect(browserFile('chromium', { named: process.execPath, own: '/nowhere' })).toBe(process.execPath);
  expect(() => browserFile('chromium', { named: '/nowhere/chromium', own: process.execPath })).toThrow(
    'There is no browser of the family of Chromium at /nowhere/chromium.',
  );
});

test("Playwright's own browser comes before the system's", () => {
  expect(browserFile('firefox', { named: '', own: process.execPath })).toBe(process.execPath);
});

test('a browser that is not there is said in three parts', () => {
  expect(() => browserFile('firefox', { named: '/nowhere/firefox' })).toThrow(
    /^There is no Firefox at \/nowhere\/firefox\.\nNo page .*\nInstall one \(npx playwright install firefox.*UCCERT_FIREFOX/,
  );
});
