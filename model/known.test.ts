import { describe, expect, test } from 'vitest';
import { healthyRun, sampleRun } from '#tests/support/sample-run.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { reporters } from '#reports/index.ts';
import { summarise } from '#reports/summary.ts';
import { ofRun } from '#cli/verdict-codes.ts';
import { excusedIn, knownIn, knownWhere, type KnownState } from './known.ts';
import { KnownProblem } from './known-problem.ts';
import type { Run } from './run.ts';

/** The day of the sample run, and those around it. */
const judged = new Date(sampleRun.judgedAt);
const day = (offset: number): string => new Date(judged.getTime() + offset * 86_400_000).toISOString().slice(0, 10);

function known(problem: Partial<KnownProblem>): KnownProblem {
  const usual = { fault: 'certificate-expired', until: day(30), why: 'ordered', who: 'Ada Lind' };
  return KnownProblem.parse({ ...usual, ...problem });
}

function runWith(...problems: readonly KnownProblem[]): Run {
  return { ...sampleRun, inventory: { ...sampleRun.inventory, known: [...problems] } };
}

const faults = [...new Set(sampleRun.findings.map(({ fault }) => fault))];
const everything = faults.map((fault) => known({ fault }));

describe('a known problem', () => {
  test.each<[string, Partial<KnownProblem>, KnownState]>([
    ['is excused until its day', {}, 'excused'],
    ['is excused on its day', { until: day(0) }, 'excused'],
    ['counts again afterwards', { until: day(-1) }, 'run-out'],
    ['is narrowed to a machine and a port', { machine: 'uccx1' as KnownProblem['machine'], port: 8443 }, 'excused'],
    ['is not that of another port', { machine: 'uccx1' as KnownProblem['machine'], port: 9 }, 'not-asked'],
    ['is not that of another machine, which is well', { machine: 'ccp' as KnownProblem['machine'] }, 'not-seen'],
    ['is not that of another PC', { client: 'pc-home' as KnownProblem['client'] }, 'not-asked'],
    ['says nothing where the fault was not asked', { fault: 'weak-key' }, 'not-asked'],
  ])('%s', (_, problem, state) => {
    expect(knownIn(runWith(known(problem)))).toMatchObject([{ state }]);
  });

  test('is of both ends of a link', () => {
    for (const machine of ['uccx1', 'cucm1'] as KnownProblem['machine'][])
      expect(knownIn(runWith(known({ fault: 'peer-not-trusted', machine })))).toMatchObject([{ state: 'excused' }]);
  });
});

describe('what it decides', () => {
  test('a problem that is excused is no problem, and the findings stay', () => {
    const run = runWith(known({}));
    expect(summarise(run).problems.map(({ fault }) => fault)).not.toContain('certificate-expired');
    expect(summarise(run).headline).toContain('1 known problem left out.');
    expect(run.findings).toEqual(sampleRun.findings);
  });

  test('the exit code and the answer are of what is left', () => {
    expect([ofRun(sampleRun, 'major'), ofRun(runWith(...everything), 'major')]).toEqual([1, 0]);
    expect(summarise(runWith(...everything)).health).toBe('well');
    const over = everything.map((problem) => ({ ...problem, until: day(-1) }));
    expect(ofRun(runWith(...over), 'major')).toBe(1);
    expect(summarise(runWith(...over)).headline).toMatch(/\d known problems counted again: the day is over\./);
  });

  test('nothing is excused where nothing is known', () => {
    expect(excusedIn(healthyRun).size).toBe(0);
    expect(summarise(healthyRun).known).toEqual([]);
  });
});

describe('how it is told', () => {
  const told = runWith(
    known({ machine: 'uccx1' as KnownProblem['machine'] }),
    known({ fault: 'name-mismatch', until: day(-1) }),
    known({ machine: 'ccp' as KnownProblem['machine'] }),
  );
  test('with why, who and until when, in text and on the page', () => {
    const lines = [
      `certificate-expired at uccx1: known until ${day(30)}; ordered (Ada Lind)`,
      `name-mismatch: known until ${day(-1)}, which is over: it counts again; ordered (Ada Lind)`,
      `certificate-expired at ccp: not seen any more; take it out of the inventory (known until ${day(30)})`,
    ];
    const text = renderTerminal(told, null, { colour: false, width: 160, isVerbose: false });
    const page = reporters.find(({ id }) => id === 'html')?.render(told, null)[0]?.contents;
    for (const line of lines) for (const report of [text, page]) expect(report).toContain(line);
  });

  test('to a build server as skipped, to an alert under a name of its own', () => {
    const report = (id: string): string =>
      reporters.find((reporter) => reporter.id === id)?.render(told, null)[0]?.contents ?? '';
    expect(report('junit')).toContain(`<skipped message="known until ${day(30)}: ordered (Ada Lind)"/>`);
    expect(report('prometheus')).toContain('uccert_fault_known{fault="certificate-expired"');
    expect(report('prometheus')).not.toContain('uccert_fault_present{fault="certificate-expired"');
  });

  test('in a few words', () => {
    const place = known({
      fault: 'browser-refuses',
      machine: 'uccx1' as KnownProblem['machine'],
      port: 8445,
      page: 'Chat, agent',
    });
    expect(knownWhere(place)).toBe('browser-refuses at Chat, agent, uccx1:8445');
    expect(KnownProblem.safeParse({ ...place, until: 'soon' }).success).toBe(false);
  });
});
