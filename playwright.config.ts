import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ReporterDescription } from '@playwright/test';

// It would keep what stands in the fields of a page, passwords too.
process.env['PLAYWRIGHT_NO_COPY_PROMPT'] = '1';

/** Set by `uccert browse`: the folder that takes what was seen. Unset where a person runs the suites. */
const out = process.env['UCCERT_BROWSE_OUT'];

const faultPages = { issue: { urlTemplate: 'docs/catalogue/faults/%s.md', nameTemplate: '%s' } };

const allure = (resultsDir: string): ReporterDescription => [
  './suites/allure-reporter.ts',
  { resultsDir, links: faultPages },
];

const forPeople: ReporterDescription[] = [
  ['list'],
  ['html', { open: 'never' }],
  // Of several machines `npx playwright merge-reports` makes one report.
  ['blob'],
  allure('allure-results'),
  ['./suites/judged-reporter.ts'],
  // npm test adds up the counts of every runner.
  ...(process.env['UCCERT_JSON_REPORT'] === undefined ? [] : [['json'] as const]),
];

function forRun(folder: string): ReporterDescription[] {
  return [['./suites/run-reporter.ts', { folder }], allure(join(folder, 'allure-results'))];
}

export default defineConfig({
  testDir: 'suites',
  testMatch: '*.spec.ts',
  // On two cores a second browser takes longer to start than it saves.
  workers: availableParallelism() < 4 ? 1 : 2,
  // A certificate does not become valid on the second look.
  retries: 0,
  timeout: 90_000,
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: join(out ?? '.', 'test-results'),
  ...(out === undefined
    ? { globalSetup: './tests/support/browser-lab.ts', reporter: forPeople }
    : { reporter: forRun(out) }),
});
