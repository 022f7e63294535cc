import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runJson } from '#reports/json.ts';
import { healthyRun, previousRun, sampleRun } from '#tests/support/sample-run.ts';
import { loadRun } from './run-store.ts';
import { saveRun } from './save-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([sampleRun, healthyRun, previousRun])('what is kept is the run itself when it is read', (run) => {
  saveRun(run, folder);
  expect(loadRun(folder, folder)).toEqual(run);
});

test('a run that is written out is read, too', () => {
  const file = join(folder, 'written.json');
  writeFileSync(file, runJson(sampleRun));
  expect(loadRun(file, folder)).toEqual(sampleRun);
});

test('findings that say the same are kept together, and each subject once', () => {
  const [finding] = sampleRun.findings;
  const alike = [1, 2, 3].map((number) => ({
    fault: finding!.fault,
    subject: { scope: 'machine' as const, machine: sampleRun.inventory.machines[number % 2]!.id },
    verdict: { status: 'not-applicable' as const, because: 'of another product' },
  }));
  const run = { ...sampleRun, findings: alike };
  const kept = JSON.parse(readFileSync(saveRun(run, folder), 'utf8')) as { subjects: unknown[]; findings: object[] };
  expect(kept.subjects).toHaveLength(2);
  expect(kept.findings).toEqual([{ fault: finding!.fault, verdict: alike[0]!.verdict, subjects: [0, 1, 0] }]);
  expect(loadRun(folder, folder)).toEqual(run);
});

test('a finding about nothing is refused', () => {
  const file = saveRun(sampleRun, folder);
  const kept = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...kept, subjects: [] }));
  expect(() => loadRun(folder, folder)).toThrow(/no run of this version: findings: there is no subject 0/);
});
