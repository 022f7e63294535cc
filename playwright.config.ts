import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Set by `uccert browse`: the folder that takes what was seen. Unset where a person runs the suites. */
const out = process.env['UCCERT_BROWSE_OUT'];

const faultPages = { issue: { urlTemplate: 'docs/catalogue/faults/%s.md', nameTemplate: '%s' } };

export default defineConfig({
  testDir: 'suites',
  // On two cores a second browser takes longer to start than it saves.
  workers: availableParallelism() < 4 ? 1 : 2,
  // A certificate does not become valid on the second look.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: join(out ?? '.', 'test-results'),
  ...(out === undefined ? { globalSetup: './tests/support/browser-lab.ts' } : {}),
  reporter:
    out === undefined
      ? [
          ['list'],
          ['html', { open: 'never' }],
          ['allure-playwright', { resultsDir: 'allure-results', links: faultPages }],
        ]
      : [
          ['./suites/run-reporter.ts', { folder: out }],
          ['allure-playwright', { resultsDir: join(out, 'allure-results'), links: faultPages }],
        ],
});
