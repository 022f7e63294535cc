import { expect, test } from 'vitest';
import { faults } from '#faults/index.ts';
import type { MachineType } from '#model/names.ts';
import type { ObservationKind } from '#model/observation.ts';
import { machine, uccx1 } from '#tests/support/sample-places.ts';
import { catalogueOf } from './catalogue.ts';

interface Case {
  readonly of: string;
  readonly type: MachineType;
  readonly fault: string;
  readonly file?: string | null;
  readonly kinds?: readonly ObservationKind[];
  readonly offered: readonly string[];
}

const expired = { type: 'UCCX_PUBLISHER', fault: 'certificate-expired' } as const;
const cases: readonly Case[] = [
  {
    of: 'an expired certificate of a VOS machine',
    ...expired,
    offered: ['regenerate-self-signed-certificate', 'replace-with-ca-signed-certificate'],
  },
  {
    of: 'an expired certificate of a CVP server',
    type: 'CVP',
    fault: 'certificate-expired',
    offered: ['replace-cvp-certificate', 'replace-iis-certificate'],
  },
  { of: 'an expired certificate of a machine that nobody gets onto', ...expired, type: 'TLS_SERVER', offered: [] },
  { of: 'an expired certificate at targets without an inventory', ...expired, file: null, offered: [] },
  { of: 'an expired certificate in a file', ...expired, kinds: ['certificate-file', 'trust-store'], offered: [] },
  { of: 'what nobody can put right', type: 'UCCX_PUBLISHER', fault: 'service-not-listening', offered: [] },
];

test.each(cases)('what a plan is offered for: $of', ({ type, fault, file = 'uccert.yaml', kinds, offered }) => {
  const machines = [machine(uccx1, type, [8443], '12.5(1)')];
  const entry = catalogueOf(faults, { file, machines }, { kinds: [...(kinds ?? ['certificate-list'])] }).find(
    ({ id }) => id === fault,
  );
  expect(entry?.remediations).toEqual(offered);
});
