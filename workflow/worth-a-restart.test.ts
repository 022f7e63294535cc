import { expect, test } from 'vitest';
import type { PresentFinding } from '#model/finding.ts';
import type { Change } from '#model/plan.ts';
import { worthARestart } from './worth-a-restart.ts';

const finding = (fault: string, severity: string): PresentFinding =>
  ({
    fault,
    subject: { scope: 'machine', machine: 'cvp1' },
    verdict: { status: 'present', severity },
  }) as PresentFinding;
const found = [
  finding('certificate-list-superfluous', 'notice'),
  finding('trust-anchor-sent', 'notice'),
  finding('certificate-expired', 'critical'),
];
const change = (faults: readonly string[], outage: boolean): Change =>
  ({
    targets: found.filter(({ fault }) => faults.includes(fault)).map(({ fault, subject }) => ({ fault, subject })),
    steps: [outage ? { do: 'restart-machine', outage: 'all is away' } : { do: 'back-up-store' }],
  }) as unknown as Change;
const renewed = change(['certificate-expired'], true);
const tidied = change(['certificate-list-superfluous'], true);
const both = change(['certificate-list-superfluous', 'certificate-expired'], true);
const quiet = change(['trust-anchor-sent'], false);

test.each<[what: string, changes: readonly Change[], worth: readonly Change[], left: readonly string[]]>([
  ['a restart for a notice is left out beside more', [renewed, tidied], [renewed], ['certificate-list-superfluous']],
  ['one that clears more with it stays', [both, renewed], [both, renewed], []],
  ['what takes nothing away stays', [renewed, quiet], [renewed, quiet], []],
  ['where there are notices alone they are planned', [tidied], [tidied], []],
])('%s', (_what, changes, worth, left) => {
  const chosen = worthARestart(changes, found);
  expect(chosen.worth).toEqual(worth);
  expect(chosen.left.map(({ fault }) => fault)).toEqual(left);
  for (const { fault, todo } of chosen.left) expect(todo).toContain(`uccert plan --fault ${fault}`);
});
