import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Refusal, UsageError } from '#model/errors.ts';
import { applied } from '#tests/support/sample-plan.ts';
import { loadPlan, planWords, savePlan } from './plan-store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-plans-'));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const { plan } = applied;

test('a plan comes back as it was made', () => {
  savePlan(plan, folder, undefined);
  expect(loadPlan('last', folder)).toEqual(plan);
});

test('a plan is told by what it changes and for which inventory; one that is damaged, by that', () => {
  const file = savePlan(plan, folder, undefined);
  expect(planWords(plan.id, folder)).toBe(`${plan.changes[0]?.title ?? ''} (${plan.inventory})`);
  writeFileSync(file, '{');
  expect(planWords(plan.id, folder)).toMatch(/cannot be read/);
});

test.each([
  ['a step that is none', (text: string) => text.replace('"via": "here"', '"via": "here "'), UsageError],
  ['another title', (text: string) => text.replace('"title": "', '"title": "Not '), Refusal],
  ['a digest of zeros', (text: string) => text.replace(plan.digest, '0'.repeat(64)), Refusal],
])('one that was edited is read by nobody: %s', (_, edit, refusal) => {
  const file = savePlan(plan, folder, undefined);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, edit(text));
  expect(readFileSync(file, 'utf8')).not.toBe(text);
  expect(() => loadPlan('last', folder)).toThrow(refusal);
});
