import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeWorkFolder } from './work-folder.ts';

/** The number of a process that has ended. */
const ended = spawnSync(process.execPath, ['--version']).pid;

test('what a process left that was killed goes, what is of a running one or of others stays', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'uccert-work-test-'));
  vi.stubEnv('TMPDIR', temporary);
  try {
    const [work, seen, running, other] = [
      `uccert-work-${String(ended)}-a`,
      `uccert-seen-${String(ended)}-a`,
      `uccert-work-${String(process.pid)}-a`,
      `another-${String(ended)}-a`,
    ].map((name) => join(temporary, name));
    for (const folder of [work!, seen!, running!, other!]) mkdirSync(join(folder, 'profile'), { recursive: true });
    const made = makeWorkFolder('work');
    const stay = [work, seen, running, other, made].map((folder) => existsSync(folder!));
    expect(stay).toEqual([false, false, true, true, true]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true });
  }
});
