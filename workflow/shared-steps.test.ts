import { expect, test } from 'vitest';
import { MachineId, Sha256 } from '#model/names.ts';
import { neededSteps } from '#model/needed-steps.ts';
import type { Change } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { eachOnce } from './each-once.ts';
import { fewestRestarts } from './fewest-restarts.ts';
import { withNeeds } from './shared-steps.ts';

const uccx1 = MachineId.parse('uccx1');
const vos = { via: 'vos', on: uccx1 } as const;
const root = Sha256.parse('a'.repeat(64));
const importOf = (sha256: Sha256): Step => ({
  do: 'import-certificate',
  ...vos,
  store: 'tomcat-trust',
  certificate: { from: 'plan', sha256 },
  of: 'a peer',
});
const restart = (service: string): Step => ({ do: 'restart-service', ...vos, service, outage: 'it is away' });
const reboot: Step = { do: 'restart-machine', ...vos, outage: 'all is away' };
const option: Step = { do: 'set-option', ...vos, option: 'tls server min-version', value: '1.2' };
const other = importOf(Sha256.parse('b'.repeat(64)));

test.each<[what: string, drafted: Step[][], needs: string[][]]>([
  ['nothing where nothing is shared', [[importOf(root), restart('Cisco Tomcat')], [other]], [[], []]],
  [
    'a restart behind a later change',
    [
      [importOf(root), restart('Cisco Tomcat')],
      [other, restart('Cisco Tomcat')],
    ],
    [['2.2 uccx1: restart Cisco Tomcat'], []],
  ],
  [
    'an import of an earlier one',
    [
      [importOf(root), other],
      [importOf(root), restart('Cisco Tomcat')],
    ],
    [[], [expect.stringMatching(/^1.1 uccx1: import the certificate of a peer/)]],
  ],
  [
    'the reboot that stands for a restart',
    [
      [importOf(root), restart('Cisco Tomcat')],
      [option, reboot],
    ],
    [[expect.stringMatching(/^2.2 uccx1: restart the machine/)], []],
  ],
])('a change needs of others: %s', (_what, steps, needs) => {
  const drafted = steps.map((own, at): Change => ({
    remediation: 'some-fix',
    title: String(at),
    targets: [{ fault: `fault-${String(at)}`, subject: { scope: 'machine', machine: uccx1 } }],
    keeps: [],
    steps: own,
    reversible: true,
    irreversible: [],
  }));
  const changes = withNeeds(drafted, fewestRestarts(eachOnce(drafted)));
  expect(
    changes.map((change) =>
      neededSteps(change, changes).map(({ change: of, step, title }) => `${String(of)}.${String(step)} ${title}`),
    ),
  ).toEqual(needs);
});
