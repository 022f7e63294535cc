import { expect, test } from 'vitest';
import type { Verdict } from '#model/finding.ts';
import { ClientId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { ccp } from '#tests/support/sample-places.ts';
import { healthyRun } from '#tests/support/sample-run.ts';
import { reporters } from './index.ts';
import { changedPages, historyWords, pageHistories } from './page-history.ts';

const place = {
  machine: ccp,
  port: 8445,
  client: ClientId.parse('pc-managed'),
  page: 'Chat, agent',
};

const verdicts: Readonly<Record<string, Verdict>> = {
  well: { status: 'absent' },
  fault: { status: 'present', severity: 'major', because: 'it is empty', evidence: [] },
  open: {
    status: 'inconclusive',
    missing: [{ kind: 'browser-page', of: 'Chat', failure: { reason: 'connection-refused' } }],
  },
};

/** A run in which the page went so; `none`: in which it was not opened. */
function runIn(went: string): Run {
  const verdict = verdicts[went];
  if (verdict === undefined) return healthyRun;
  const subject = { scope: 'endpoint', address: null, serverName: null, ...place } as const;
  const at = healthyRun.judgedAt;
  const failure = { reason: 'connection-refused' } as const;
  return {
    ...healthyRun,
    observations: [{ kind: 'browser-page', place: { at: 'page', ...place }, at, outcome: 'failed', failure }],
    findings: [{ fault: 'browser-refuses', subject, verdict }],
  };
}

test.each([
  ['well', '✓'],
  ['well well', '✓ ✓'],
  ['well fault', '✓ ✗ new'],
  ['none fault', '· ✗'],
  ['fault fault', '✗ ✗ again'],
  ['fault well', '✗ ✓ recovered'],
  ['fault open well', '✗ ? ✓ recovered'],
  ['fault open', '✗ ?'],
  ['well fault well fault', '✓ ✗ ✓ ✗ new'],
])('%s: %s', (story, words) => {
  const runs = story.split(' ').map(runIn);
  const [history] = pageHistories(runs.at(-1)!, runs.slice(0, -1)).values();
  expect(historyWords(history!)).toBe(words);
});

const { inventory } = healthyRun;

test.each([
  [
    'another browser',
    { ...inventory, clients: inventory.clients.map((each) => ({ ...each, browser: 'firefox' as const })) },
  ],
  [
    'another machine of the same id',
    { ...inventory, machines: inventory.machines.map((each) => ({ ...each, fqdn: 'other.example.com' })) },
  ],
])('what %s showed is no history of a page', (_, otherInventory) => {
  const other = { ...runIn('well'), inventory: otherInventory };
  const [history] = pageHistories(runIn('fault'), [other]).values();
  expect(historyWords(history!)).toBe('· ✗');
});

/** A run with another page of the same machine, which went as in `other`. */
function beside(run: Run, other: Run, page: string): Run {
  const renamed = JSON.parse(JSON.stringify(other).replaceAll('Chat, agent', page)) as Run;
  return {
    ...run,
    observations: [...run.observations, ...renamed.observations],
    findings: [...run.findings, ...renamed.findings],
  };
}

test('text names the pages that changed, the page shows each', () => {
  const [before, now] = [runIn('well'), runIn('fault')];
  expect(changedPages(now, [before])).toEqual(['✓ ✗ new: Chat (agent) on ccp, from pc-managed']);
  expect(changedPages(runIn('well'), [before])).toEqual([]);
  const [both, ofBoth] = [beside(now, now, 'Chat, supervisor'), beside(before, before, 'Chat, supervisor')];
  expect(changedPages(both, [ofBoth])).toEqual(['✓ ✗ new: Chat (agent, supervisor) on ccp, from pc-managed']);
  expect(changedPages(beside(now, before, 'Portico'), [beside(before, now, 'Portico')])).toEqual([
    '✓ ✗ new: Chat (agent) on ccp, from pc-managed',
    '✗ ✓ recovered: Portico on ccp, from pc-managed',
  ]);
  const report = (id: string, earlier: readonly Run[]): string =>
    reporters.find((reporter) => reporter.id === id)?.render(now, null, new Map(), earlier)[0]?.contents ?? '';
  expect(report('terminal', [before])).toContain('pages in the last 2 runs');
  expect(report('terminal', [])).not.toContain('pages in the last');
  expect(report('html', [before])).toContain('<td>✓ ✗ new</td>');
  expect(report('html', [])).not.toContain('Last runs');
});
