import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import type { Inventory } from '#inventory/load.ts';
import { hours } from '#tests/support/applying.ts';
import { closedWindow } from './closed-window.ts';

const on = MachineId.parse('uccx1');
const restart: Step = { do: 'restart-service', via: 'vos', on, service: 'Cisco Tomcat', outage: 'pages are away' };
const request: Step = {
  do: 'generate-request',
  via: 'vos',
  on,
  unit: 'tomcat',
  parentDomain: 'as filled in',
  replaces: null,
};
const answer: Step = { do: 'obtain-reply', via: 'here', for: on, unit: 'tomcat', authority: 'people' };

test.each([
  ['a plan that restarts', [restart], [2, 3], /^The maintenance window is closed: .* Until then apply refuses/],
  [
    'one whose requests people answer first',
    [request, answer, restart],
    [2, 3],
    /^The maintenance window is closed: .* Until then apply makes its requests, waits for the answers of people/,
  ],
  ['one that nobody can meet', [request], [2, 3], null],
  ['a window that is open', [restart], [0, 2], null],
] as const)('of %s', (_what, steps, [from, to], words) => {
  const plan = { changes: [{ steps }] } as unknown as Plan;
  const said = closedWindow(plan, {
    window: hours(from, to),
    authorities: [{ name: 'people', kind: 'manual' }],
    file: 'uccert.yaml',
  } as unknown as Inventory);
  if (words === null) expect(said).toBeNull();
  else expect(said).toMatch(words);
});
