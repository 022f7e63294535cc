import { expect, test } from 'vitest';
import type { Run } from '#model/run.ts';
import { previousRun, sampleRun } from '#tests/support/sample-run.ts';
import { foreseenOf } from './foreseen.ts';
import { html } from './html/html.ts';
import { renderTerminal } from './terminal.ts';

/** The sample with nothing wrong on its links and nothing that stops a browser. */
const mended: Run = {
  ...sampleRun,
  findings: sampleRun.findings.map((finding) =>
    finding.verdict.status === 'present' ? { ...finding, verdict: { status: 'absent' } } : finding,
  ),
  views: (sampleRun.views ?? []).map((view) => ({ ...view, chrome: null })),
};
const supposed = ['uccx1 presents new.pem as tomcat'];

test('what breaks is told, with those for whom', () => {
  const foreseen = foreseenOf({ ...sampleRun, supposed }, mended);
  expect(foreseen).toMatchObject({ supposed, outcome: 'would break' });
  expect(foreseen?.headline).toMatch(
    /^Breaks 2 links \(sign-in, administration\) and \d+ pages? of [\w-]+.*; heals nothing\.$/,
  );
  expect(foreseen?.breaks[0]).toBe('uccx1 tomcat-trust, relying on cucm1:8443: agents cannot sign in');
  expect(foreseen?.heals).toEqual([]);
});

test('what heals is told', () => {
  const foreseen = foreseenOf({ ...mended, supposed }, sampleRun);
  expect(foreseen).toMatchObject({ outcome: 'would heal', breaks: [] });
  expect(foreseen?.headline).toMatch(/^Breaks nothing; heals 2 links/);
  expect(foreseen?.heals[0]).toBe('uccx1 tomcat-trust, relying on cucm1:8443 (sign-in)');
});

test('where nothing breaks or heals, that is told', () => {
  expect(foreseenOf({ ...sampleRun, supposed }, sampleRun)).toMatchObject({
    outcome: 'breaks and heals no link',
    headline: 'No link between machines and no page of a PC becomes worse or better.',
    breaks: [],
    heals: [],
  });
});

test('the same run at another day supposes the day', () => {
  const later = { ...sampleRun, judgedAt: '2031-10-01T00:00:00.000Z' };
  expect(foreseenOf(later, sampleRun)?.supposed).toEqual(['it is 2031-10-01 00:00 UTC']);
});

test('between two runs nothing is foreseen: it has happened', () => {
  expect(foreseenOf(sampleRun, previousRun)).toBeNull();
  expect(foreseenOf(sampleRun, null)).toBeNull();
});

test('every page says so before anything else', () => {
  const run = { ...sampleRun, supposed };
  const options = { colour: false, width: 100, isVerbose: false };
  expect(renderTerminal(run, mended, options)).toMatch(
    /^ {3}Suppose {9}uccx1 presents new\.pem as tomcat\n\n WOULD BREAK /,
  );
  const [page] = html.render(run, mended);
  expect(page?.contents).toMatch(
    /<header class="page">\s*<p class="running">.*<\/p>\s*<div class="verdict critical" id="foreseen">\s*<p class="soft">Suppose uccx1/,
  );
  expect(html.render(sampleRun, previousRun)[0]?.contents).not.toContain('id="foreseen"');
});

test('in a terminal, what changes nothing is told with the totals alone', () => {
  const without = { ...sampleRun, supposed };
  const options = { colour: false, width: 100, isVerbose: false };
  const text = renderTerminal(without, sampleRun, options);
  expect(text).toContain('NOTHING CHANGES');
  expect(text).toMatch(/\d+ checks? well, /);
  expect(text).not.toContain('what to do');
  expect(renderTerminal(without, sampleRun, { ...options, isVerbose: true })).toContain('what to do');
  expect(renderTerminal(without, mended, options)).not.toContain('NOTHING CHANGES');
});
