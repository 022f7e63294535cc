import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { MachineId } from '#model/names.ts';
import type { Step } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import { applied } from '#tests/support/sample-plan.ts';
import { journalFile } from './begun-plans.ts';
import { doneSteps } from './close-plan.ts';
import { Journal } from './journal.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'uccert-close-'));
});
afterEach(() => {
  rmSync(state, { recursive: true });
});

const certificate = sha256('a certificate');
const importOn = (machine: string): Step => ({
  do: 'import-certificate',
  via: 'vos',
  on: MachineId.parse(machine),
  store: 'tomcat-trust',
  certificate: { from: 'plan', sha256: certificate },
  of: 'cucm1',
});
const steps = ['uccx1', 'uccx2', 'uccx3', 'uccx4'].map(importOn) as [Step, Step, Step, Step];

test('what stays of a closed plan is what it did itself', () => {
  const [change] = applied.plan.changes;
  const plan = { ...applied.plan, changes: [{ ...change!, steps }] };
  const journal = Journal.open(journalFile(state, plan.id));
  journal.write({ event: 'begun', plan, inventory: plan.inventory });
  const found = (isHeld: boolean) => ({ certificate, isHeld, replaced: null });
  journal.write({ event: 'step-begun', change: 0, step: 0, before: found(true) });
  journal.write({ event: 'step-done', change: 0, step: 0, skipped: true });
  journal.write({ event: 'step-begun', change: 0, step: 1, before: found(false) });
  journal.write({ event: 'step-done', change: 0, step: 1, skipped: false });
  journal.write({ event: 'step-begun', change: 0, step: 2, before: found(false) });
  expect(doneSteps(plan.id, state)).toEqual([
    stepTitle(steps[1]),
    `${stepTitle(steps[2])} (begun, and not known to be done)`,
  ]);
  journal.write({ event: 'step-undone', change: 0, step: 1 });
  expect(doneSteps(plan.id, state)).toHaveLength(1);
});
