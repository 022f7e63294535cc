import { describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import type { Inventory } from '#inventory/load.ts';
import { beforeFirstStep, beforeStep } from './runbook-checks.ts';

const [uccx1, uccx2, ccp1] = ['uccx1', 'uccx2', 'ccp1'].map((id) => MachineId.parse(id)) as [
  MachineId,
  MachineId,
  MachineId,
];
const machine = (id: MachineId, type: Machine['type']): Machine =>
  ({ id, type, fqdn: `${id}.example.com`, address: null, release: null }) as Machine;
const [pg1a, pg1b] = ['pg1a', 'pg1b'].map((id) => MachineId.parse(id)) as [MachineId, MachineId];
const machines = [
  machine(uccx1, 'UCCX_PUBLISHER'),
  machine(uccx2, 'UCCX_SUBSCRIBER'),
  machine(ccp1, 'CCP'),
  machine(pg1a, 'CCE_PG'),
  machine(pg1b, 'CCE_PG'),
];
const facts = {
  plan: { id: 'a', inventory: 'uccert.yaml', certificates: {} },
  restartsOf: () => [],
  isNameless: () => false,
  machine: (id: MachineId) => machines.find((each) => each.id === id)!,
};
const window = { from: '22:00', to: '04:00', timeZone: 'Europe/Berlin' };
const inventoryWith = (own: Inventory['window']): Pick<Inventory, 'snapshot' | 'window'> => ({
  snapshot: { machines } as unknown as Inventory['snapshot'],
  window: own,
});

const outage = 'agents sign in again';
const restart = (on: MachineId): Step => ({ do: 'restart-service', via: 'vos', on, service: 'Cisco Tomcat', outage });
const restartOfCti: Step = {
  do: 'restart-service',
  via: 'windows',
  on: pg1a,
  service: 'CTI Server',
  graceful: null,
  outage,
};
const imports: Step = {
  do: 'import-certificate',
  via: 'vos',
  on: uccx1,
  store: 'tomcat-trust',
  certificate: { from: 'plan', sha256: sha256('a') },
  of: 'ccp1',
};
const seen = (place: string): string => `${place} at 192.0.2.1 presents ${'ab'.repeat(32)}`;
const planOf = (steps: readonly Step[], irreversible: readonly string[] = []): Plan =>
  ({
    id: '20261122T031500123Z-9f3a',
    basis: [seen('uccx2:8443'), seen('uccx2:8445'), 'uccx2:443 at 192.0.2.1 presents nothing (timed-out)'],
    changes: [{ steps, irreversible }],
    unreached: [{ what: 'the authority people', because: 'no such folder' }],
  }) as unknown as Plan;
const carries = 'uccx2.example.com, the other side of uccx1.example.com, answers on ports 8443, 8445: ';

describe('before the first step', () => {
  const lines = (steps: readonly Step[], own: Inventory['window'] = window, irreversible: readonly string[] = []) =>
    beforeFirstStep(planOf(steps, irreversible), inventoryWith(own), facts).join('\n');

  test('stands what apply asks where something stops', () => {
    const said = lines([imports, restart(uccx1)]);
    expect(said).toContain('inside the maintenance window, 22:00 to 04:00 Europe/Berlin');
    expect(said).toContain('signed in at the desktop of uccx1.example.com');
    expect(said).toContain('https://uccx1.example.com:8445/desktop, Team Performance');
    expect(said).toContain(carries);
    expect(said).not.toContain('desktop of uccx2.example.com');
    expect(said).toContain('uccert list plans');
    expect(said).toContain('as it was not when the plan was made: the authority people (no such folder).');
  });

  test('stands nothing of hours, agents and sides where nothing stops', () => {
    const said = lines([imports]);
    for (const words of ['window', 'signed in at', 'the other side']) expect(said).not.toContain(words);
  });

  test('stands that no window is known, and what cannot be taken back', () => {
    expect(lines([restart(ccp1)], null, ['the key of before'])).toMatch(
      /cannot be taken back: the key of before\.\n[^]*names no maintenance window/,
    );
  });
});

test.each([
  ['a restart of one side', restart(uccx1), [expect.stringContaining(carries)]],
  ['a restart of a side whose other was not seen', restart(uccx2), [expect.stringContaining('is in service')]],
  [
    'a restart of a program that the other PG carries',
    restartOfCti,
    [expect.stringMatching(/pg1b\.example\.com, .*; Unified CCE Service Control there shows CTI Server as Running\.$/)],
  ],
  ['a restart of a machine alone', restart(ccp1), []],
  ['what stops nothing', imports, []],
])('before %s the other side is looked at', (_what, step, said) => {
  expect(beforeStep(step, planOf([step]), inventoryWith(window), facts)).toEqual(said);
});
