import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/integration/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One file at a time, and few scans at once: deadlines are tested here.
    fileParallelism: false,
    maxConcurrency: 4,
  },
});
