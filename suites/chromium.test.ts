import { expect, test } from 'vitest';
import { chromiumFile } from './chromium.ts';

test('the browser that was named comes first, and alone', () => {
  expect(chromiumFile(process.execPath, '/nowhere')).toBe(process.execPath);
  expect(() => chromiumFile('/nowhere/chromium', process.execPath)).toThrow(
    'There is no browser at /nowhere/chromium.',
  );
});

test("Playwright's own browser comes before the system's", () => {
  expect(chromiumFile('', process.execPath)).toBe(process.execPath);
});
