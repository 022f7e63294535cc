import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeWorkFolder } from './work-folder.ts';

test('what a run left that was killed goes a day later, what is younger or of others stays', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'uccert-work-test-'));
  vi.stubEnv('TMPDIR', temporary);
  try {
    const [old, young, other] = ['uccert-browse-old', 'uccert-browse-new', 'another-old'].map((name) =>
      join(temporary, name),
    );
    for (const folder of [old!, young!, other!]) mkdirSync(join(folder, 'profile'), { recursive: true });
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    for (const folder of [old!, other!]) utimesSync(folder, twoDaysAgo, twoDaysAgo);
    const made = makeWorkFolder();
    expect([old, young, other, made].map((folder) => existsSync(folder!))).toEqual([false, true, true, true]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true });
  }
});
