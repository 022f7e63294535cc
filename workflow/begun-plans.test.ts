import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { planDigest, type Plan } from '#model/plan.ts';
import { applied } from '#tests/support/sample-plan.ts';
import { begunPlans, journalFile, journalFolder, planFolder, planStatus, refuseUnbegun } from './begun-plans.ts';
import { Journal } from './journal.ts';
import { savePlan } from './plan-store.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'uccert-begun-'));
  mkdirSync(journalFolder(state));
  return () => {
    rmSync(state, { recursive: true });
  };
});

const made = (id: string): Plan => {
  const plan = { ...applied.plan, id };
  return { ...plan, digest: planDigest(plan) };
};
const [first, second, third] = ['20261122T020000000Z-51ab', '20261122T030000000Z-0001', '20261122T040000000Z-0002'].map(
  made,
) as [Plan, Plan, Plan];
/** Made in this order; the second is begun first, the third never. */
function kept(): void {
  for (const plan of [first, second, third]) savePlan(plan, planFolder(state), undefined);
  for (const [plan, hour] of [
    [first, '06'],
    [second, '05'],
  ] as const) {
    const entry = { event: 'begun', at: `2026-11-22T${hour}:00:00Z`, plan, inventory: plan.inventory };
    writeFileSync(journalFile(state, plan.id), `${JSON.stringify(entry)}\n`);
  }
}

test('plans are told in the order in which they were begun, whenever they were made', () => {
  kept();
  writeFileSync(journalFile(state, third.id), 'damaged\n');
  expect(begunPlans(state)).toEqual([second.id, first.id]);
});

test('a plan that was stopped on its way back says so, and how it is gone on with', () => {
  kept();
  expect(planStatus(state, first.id)).toBe(`begun and not ended (uccert resume ${first.id})`);
  Journal.open(journalFile(state, first.id)).write({ event: 'rolling-back', because: 'asked for' });
  expect(planStatus(state, first.id)).toBe(`half taken back (uccert roll-back ${first.id})`);
});

test.each<[what: string, id: string, isKept: boolean, words: RegExp]>([
  [
    'one that was not begun',
    third.id,
    true,
    /^The plan \S+ was not begun\.\n[^\n]*\nCarry it out: uccert apply \S+-0002 /,
  ],
  [
    'one that nobody knows',
    'tonight',
    true,
    /^No plan tonight was begun\. Those that were, the last first:\n {2}\S+-51ab {2}begun and not ended [^\n]*: Regenerate[^\n]*\n {2}\S+-0001 [^\n]*\n[^\n]*\nName one of them/,
  ],
  ['any, where none was begun', 'last', false, /^No plan was begun yet\.\n[^\n]*\nCarry one out first/],
])('gone on with or taken back is not %s', (_what, id, isKept, words) => {
  if (isKept) kept();
  expect(() => {
    refuseUnbegun(id, state);
  }).toThrow(words);
});

test('what was begun is', () => {
  kept();
  expect(() => {
    refuseUnbegun(first.id, state);
  }).not.toThrow();
});
