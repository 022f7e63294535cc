import { describe, expect, it } from 'vitest';
import type { Finding, Verdict } from '#model/finding.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import { previousRun, sampleRun } from '#tests/support/sample-run.ts';
import { diffRuns, isEmpty, type RunDiff } from './diff.ts';
import { renderDiff } from './terminal.ts';

const present = (certificate?: string): Verdict => ({
  status: 'present',
  severity: 'major',
  because: `seen ${certificate ?? ''}`,
  evidence: [],
  ...(certificate === undefined ? {} : { certificate: certificate.repeat(64) as Sha256 }),
});
const absent: Verdict = { status: 'absent' };
const notApplicable: Verdict = { status: 'not-applicable', because: 'no' };
const inconclusive: Verdict = {
  status: 'inconclusive',
  missing: [{ kind: 'certificate-list', of: 'ccp:443', failure: { reason: 'connection-refused' } }],
};

function diffOf(before: Verdict | null, after: Verdict | null): Record<string, number> {
  const run = (verdict: Verdict | null): Finding[] =>
    verdict === null
      ? []
      : [{ fault: 'weak-key', subject: { scope: 'machine', machine: 'ccp' as MachineId }, verdict }];
  const diff = diffRuns({ ...sampleRun, findings: run(before) }, { ...sampleRun, findings: run(after) });
  const states = ['new', 'cleared', 'stillPresent', 'noLongerLookedAt', 'newlyInconclusive'] as const;
  return Object.fromEntries(
    states.filter((state) => diff[state].length > 0).map((state) => [state, diff[state].length]),
  );
}

describe('what became of a finding', () => {
  it.each<[string, Verdict | null, Verdict | null, Partial<Record<keyof RunDiff, number>>]>([
    ['found', absent, present('a'), { new: 1 }],
    ['found where nobody looked', null, present('a'), { new: 1 }],
    ['found where nothing could be seen', inconclusive, present('a'), { new: 1 }],
    ['gone', present('a'), absent, { cleared: 1 }],
    ['no longer applicable', present('a'), notApplicable, { cleared: 1 }],
    ['same', present('a'), present('a'), { stillPresent: 1 }],
    ['another certificate', present('a'), present('b'), { new: 1, cleared: 1 }],
    ['not asked again', present('a'), null, { noLongerLookedAt: 1 }],
    ['well, not asked again', absent, null, { noLongerLookedAt: 1 }],
    ['out of sight', present('a'), inconclusive, { newlyInconclusive: 1 }],
    ['well, out of sight', absent, inconclusive, { newlyInconclusive: 1 }],
    ['still out of sight', inconclusive, inconclusive, {}],
    ['seen again and well', inconclusive, absent, {}],
    ['well', absent, absent, {}],
  ])('%s', (_, before, after, expected) => {
    expect(diffOf(before, after)).toEqual(expected);
  });
});

it('is empty between a run and itself, whatever its dates', () => {
  const later = { ...sampleRun, id: '20261123T031500Z-0000', judgedAt: '2026-11-23T03:15:00Z' };
  expect(isEmpty(diffRuns(sampleRun, later))).toBe(true);
});

it('is told in words', async () => {
  const text = renderDiff(diffRuns(previousRun, sampleRun), { colour: false, width: 100 });
  await expect(text).toMatchFileSnapshot('../tests/golden/reports/diff.txt');
});
