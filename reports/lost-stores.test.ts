import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { MachineId } from '#model/names.ts';
import { healthyRun, sampleRun } from '#tests/support/sample-run.ts';
import { summarise } from './summary.ts';
import { whereWords } from './where.ts';

const broken = sampleRun.findings.find(
  ({ fault, verdict }) => fault === 'peer-not-trusted' && verdict.status === 'present',
)!;

/** What a machine does not trust, and what it does. */
function findings(untrusted: number, trusted = 0, store = 'cacerts'): Finding[] {
  return Array.from({ length: untrusted + trusted }, (_, at): Finding => ({
    fault: broken.fault,
    subject: {
      scope: 'trust-relation',
      relyingParty: MachineId.parse('aw1'),
      store,
      presenter: MachineId.parse(`peer${String(at)}`),
      port: 443,
    },
    verdict:
      at < untrusted && broken.verdict.status === 'present'
        ? { ...broken.verdict, certificate: undefined }
        : { status: 'absent' },
  }));
}

function problems(of: readonly Finding[]): string[] {
  return summarise({ ...healthyRun, findings: [...of] }).problems.map(({ where }) => where.map(whereWords).join('; '));
}

describe('a store that leads to nobody', () => {
  it('is one cause', () => {
    const [problem, ...others] = summarise({ ...healthyRun, findings: findings(8) }).problems;
    expect(others).toEqual([]);
    expect(problem?.title).toBe('cacerts of aw1 holds nothing that its machine relies on');
    expect(problem?.because).toEqual([
      'cacerts leads to none of the 8 machines that aw1 relies on: it was lost or replaced as a whole, or never filled',
    ]);
    expect(problem?.where.map(whereWords)).toEqual([
      'aw1 cacerts, relying on peer0, peer1, peer2, peer3, peer4, peer5 and 2 other machines',
    ]);
    expect(problem?.findings).toHaveLength(8);
  });

  it('is one cause beside another store', () => {
    expect(problems([...findings(3), ...findings(1, 1, 'tomcat-trust')])).toEqual([
      'aw1 cacerts, relying on peer0, peer1 and peer2',
      'aw1 tomcat-trust, relying on peer0:443',
    ]);
  });

  it('is none where it leads to somebody, or where few are missing', () => {
    expect(problems(findings(3, 1))).toHaveLength(3);
    expect(problems(findings(2))).toHaveLength(2);
  });
});
