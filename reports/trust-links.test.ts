import { describe, expect, it } from 'vitest';
import { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { sampleRun } from '#tests/support/sample-run.ts';
import { renderTerminal } from './terminal.ts';
import { linksOf, matrixOf, tally, worstOf } from './trust-links.ts';

const links = linksOf(sampleRun) ?? [];

function states(run: Run): string[] {
  return (linksOf(run) ?? []).map(({ relyingParty, presenter, state }) => `${relyingParty} < ${presenter}: ${state}`);
}

describe('links of a run', () => {
  it('take their verdicts from the findings about the same ends', () => {
    expect(states(sampleRun)).toEqual([
      'uccx1 < cucm1: broken',
      'uccx2 < cucm1: amiss',
      'uccx1 < ccp: trusted',
      'ccp < uccx1: broken',
    ]);
  });

  it('are amiss where the fault that is present stops nothing', () => {
    const findings = sampleRun.findings.map((finding) =>
      finding.fault === 'peer-not-trusted' ? { ...finding, fault: 'reverse-name-differs' } : finding,
    );
    expect(states({ ...sampleRun, findings })[0]).toBe('uccx1 < cucm1: amiss');
  });

  it.each([
    ['name-mismatch', 'amiss'],
    ['self-signed-certificate', 'not judged'],
    ['public-issuer-required', 'not judged'],
  ])('of which nothing is known but that the port has %s are %s', (fault, state) => {
    const findings = sampleRun.findings.map((finding) =>
      finding.fault === 'certificate-expired' ? { ...finding, fault } : finding,
    );
    expect(states({ ...sampleRun, findings })[3]).toBe(`ccp < uccx1: ${state}`);
  });

  it('are not judged where nothing was found out about them', () => {
    expect(states({ ...sampleRun, findings: [] })[0]).toBe('uccx1 < cucm1: not judged');
  });

  it('are not there where they were not asked', () => {
    const run: Run = { ...sampleRun };
    delete run.links;
    expect(linksOf(run)).toBeNull();
  });

  it('are counted, and what stops is named', () => {
    expect(tally(links)).toEqual({
      count: { trusted: 1, amiss: 1, broken: 2, 'not judged': 0 },
      stops: ['sign-in', 'administration'],
    });
  });

  it('say which of them agents notice', () => {
    expect(links.map(({ isNoticedByAgents }) => isNoticedByAgents)).toEqual([true, true, true, false]);
  });

  it('stand in the table where row and column cross, the worst of a cell first', () => {
    const matrix = matrixOf(sampleRun, links);
    expect(matrix.rows).toEqual(['uccx1', 'uccx2', 'ccp']);
    expect(matrix.columns).toEqual(['uccx1', 'ccp', 'cucm1']);
    expect(worstOf(matrix.cell(MachineId.parse('uccx1'), MachineId.parse('cucm1')))).toBe('broken');
    expect(matrix.cell(MachineId.parse('ccp'), MachineId.parse('cucm1'))).toEqual([]);
  });
});

describe('the table in a terminal', () => {
  /** As many machines as do not fit, each relying on the next; one link is broken. */
  function wide(machines: number): Run {
    const [machine] = sampleRun.inventory.machines;
    const ids = Array.from({ length: machines }, (_, at) => MachineId.parse(`machine${String(at)}`));
    const [first] = sampleRun.links ?? [];
    const broken = sampleRun.findings.find(({ subject }) => subject.scope === 'trust-relation')!;
    return {
      ...sampleRun,
      inventory: { ...sampleRun.inventory, machines: ids.map((id) => ({ ...machine!, id })) },
      links: ids.map((id, at) => ({ ...first!, relyingParty: id, presenter: ids[(at + 1) % machines]! })),
      findings: ids.map((id, at) => ({
        ...broken,
        subject: {
          ...broken.subject,
          relyingParty: id,
          presenter: ids[(at + 1) % machines]!,
        },
        ...(at === 7 ? {} : { verdict: { status: 'absent' } }),
      })),
    };
  }

  it('leaves what agents do not notice where it is asked to', () => {
    const options = { colour: false, width: 100, isVerbose: false };
    expect(renderTerminal(sampleRun, null, options)).toContain('1 link trusted, 2 broken, 1 with another fault');
    const forAgents = renderTerminal(sampleRun, null, { ...options, isForAgents: true });
    expect(forAgents).toContain('trust that agents and callers notice: rows rely on columns');
    expect(forAgents).toContain('1 link trusted, 1 broken, 1 with another fault');
    expect(forAgents).toContain('1 link that they do not notice left out.');
  });

  it.each([
    [20, /machine19/],
    [60, /59 machines all of whose links are trusted, left out/],
  ])('with %i machines keeps to the width and shows what is broken', (machines, expected) => {
    const text = renderTerminal(wide(machines), null, { colour: false, width: 100, isVerbose: false });
    expect(text).toMatch(expected);
    expect(text).toMatch(/machine7 .*X/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
