import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStringPromise } from 'xml2js';
import { Run } from '#model/run.ts';
import { healthyRun, plantedRun, previousRun, sampleRun } from '#tests/support/sample-run.ts';
import { reporters } from './index.ts';
import { renderTerminal } from './terminal.ts';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const assets = new Map([['screenshots/uccx1-8445.png', pixel]]);

function rendered(id: string, run: Run, previous: Run | null = null): string {
  return reporters.find((reporter) => reporter.id === id)?.render(run, previous, assets)[0]?.contents ?? '';
}

describe('golden', () => {
  it.each(reporters.map((reporter) => [reporter.id, reporter] as const))('%s', async (_, reporter) => {
    for (const { path, contents } of reporter.render(sampleRun, previousRun, assets)) {
      await expect(contents).toMatchFileSnapshot(`../tests/golden/reports/${path}`);
    }
  });
  it('verbose and narrow text', async () => {
    const text = renderTerminal(sampleRun, null, { colour: false, width: 72, isVerbose: true });
    await expect(text).toMatchFileSnapshot('../tests/golden/reports/report-verbose.txt');
  });
  it('text of a healthy run', async () => {
    await expect(rendered('terminal', healthyRun)).toMatchFileSnapshot('../tests/golden/reports/healthy.txt');
  });
});

it('has one id and one path per report', () => {
  const paths = reporters.flatMap((reporter) => reporter.render(sampleRun, null).map(({ path }) => path));
  expect(new Set(paths).size).toBe(paths.length);
  expect(new Set(reporters.map(({ id }) => id)).size).toBe(reporters.length);
});

it('keeps to the width', () => {
  for (const width of [60, 72, 100, 160]) {
    const text = renderTerminal(sampleRun, previousRun, { colour: false, width, isVerbose: true });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
  }
});

it('colours words only', () => {
  const options = { width: 100, isVerbose: false };
  const coloured = renderTerminal(sampleRun, previousRun, { ...options, colour: true });
  expect(coloured.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(
    renderTerminal(sampleRun, previousRun, { ...options, colour: false }),
  );
});

it('names only browsers in which a page was opened', () => {
  const clients = sampleRun.inventory.clients.map((client, at) => ({
    ...client,
    browser: at === 0 ? ('firefox' as const) : ('edge' as const),
  }));
  const inventory = { ...sampleRun.inventory, clients };
  expect(rendered('terminal', { ...sampleRun, inventory })).toMatch(/^2 pages looked at in firefox$/m);
});

it('predicts what Chrome stops at where no browser was asked', () => {
  const { asked } = sampleRun;
  const kinds = asked.kinds.filter((kind) => kind !== 'browser-page');
  const unasked = { ...sampleRun, asked: { ...asked, kinds } };
  const stop = /pc-managed.*net::ERR_CERT_DATE_INVALID.*uccx1 443 8445/;
  for (const id of ['terminal', 'html']) {
    expect(rendered(id, unasked)).toMatch(/what chrome stops at, as predicted/i);
    expect(rendered(id, unasked)).toMatch(stop);
    expect(rendered(id, sampleRun)).not.toMatch(/as predicted/);
  }
});

it('does not turn a build green when nothing was judged', () => {
  expect(rendered('junit', { ...sampleRun, findings: [] })).toContain('errors="1"');
});

it('stays small with many endpoints', () => {
  const many = {
    ...sampleRun,
    observations: Array.from({ length: 32 }, () => sampleRun.observations)
      .flat()
      .map((observation, index) =>
        observation.place.at === 'endpoint'
          ? { ...observation, place: { ...observation.place, port: 1000 + Math.floor(index / 3) } }
          : observation,
      ) as Run['observations'],
  };
  expect(rendered('html', many).length).toBeLessThan(5_000_000);
});

/** The text format 0.0.4 of Prometheus, strictly: series in the order and grammar a collector accepts. */
function parseMetrics(text: string): Map<string, number> {
  const series = new Map<string, number>();
  const types = new Map<string, string>();
  const labelNames = new Map<string, string>();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE (\w+) gauge$/.exec(line);
    if (type?.[1] !== undefined) {
      expect(types.has(type[1])).toBe(false);
      types.set(type[1], 'gauge');
      continue;
    }
    if (/^# HELP \w+ .+$/.test(line)) continue;
    const sample = /^([a-z_]+)(?:\{((?:[a-z_0-9]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?\d+)$/.exec(line);
    expect(sample, line).not.toBeNull();
    const [, name = '', labels = '', value] = sample!;
    expect(types.has(name), line).toBe(true);
    const names = [...labels.matchAll(/([a-z_0-9]+)="(?:[^"\\\n]|\\["\\n])*"/g)].map(([, label]) => label).join();
    expect(labelNames.get(name) ?? names).toBe(names);
    labelNames.set(name, names);
    const key = `${name}{${labels}}`;
    expect(series.has(key), key).toBe(false);
    series.set(key, Number(value));
  }
  return series;
}

it('gives absolute points in time to Prometheus', () => {
  const series = [...parseMetrics(rendered('prometheus', sampleRun))];
  const [, notAfter] = series.find(([key]) => key.startsWith('uccert_certificate_not_after') && key.includes('uccx1'))!;
  expect(new Date(notAfter * 1000).toISOString()).toBe('2026-11-10T00:00:00.000Z');
});

describe('whatever a server sends', () => {
  const planted = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '<script>alert(1)</script>',
          '"',
          "'",
          '&',
          ']]>',
          '<!--',
          '\n',
          '\r',
          '\u001b[2J',
          '\u0000',
          '\u202e',
          '\\',
          '{',
          '}',
          '\ud800',
          '\u2028',
          '\u009b31m',
          '</style>',
          'javascript:',
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );
  const runs = { numRuns: 40 };

  it('JUnit stays XML with every case', async () => {
    await fc.assert(
      fc.asyncProperty(planted, async (text) => {
        const run = plantedRun(text);
        const parsed = (await parseStringPromise(rendered('junit', run))) as { testsuites: { $: { tests: string } } };
        expect(parsed.testsuites.$.tests).toBe(String(run.findings.length));
      }),
      runs,
    );
  });

  it('Prometheus stays in its grammar', () => {
    fc.assert(
      fc.property(planted, (text) => {
        parseMetrics(rendered('prometheus', plantedRun(text)));
      }),
      runs,
    );
  });

  it('HTML holds no script and no other policy', () => {
    const tags = (html: string): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const [, tag = ''] of html.replace(/<style>[^]*?<\/style>/, '').matchAll(/<([a-z!/][a-z0-9-]*)/gi)) {
        counts[tag] = (counts[tag] ?? 0) + 1;
      }
      return counts;
    };
    const plain = tags(rendered('html', plantedRun('plain'), previousRun));
    fc.assert(
      fc.property(planted, (text) => {
        const html = rendered('html', plantedRun(text), previousRun);
        expect(html).not.toMatch(/<script/i);
        expect(tags(html)).toEqual(plain);
        expect(html).not.toMatch(/[\u0000\u001b\u009b\u202e]/);
      }),
      runs,
    );
  });

  it('no command reaches the terminal', () => {
    fc.assert(
      fc.property(planted, fc.boolean(), (text, isVerbose) => {
        const shown = renderTerminal(plantedRun(text), previousRun, { colour: false, width: 80, isVerbose });
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      runs,
    );
  });

  it('JSON reads back as the same run', () => {
    fc.assert(
      fc.property(planted, (text) => {
        const run = plantedRun(text);
        expect(Run.parse(JSON.parse(rendered('json', run)))).toEqual(run);
      }),
      runs,
    );
  });

  it('the same run gives the same bytes', () => {
    fc.assert(
      fc.property(planted, (text) => {
        for (const { id } of reporters) {
          expect(rendered(id, plantedRun(text), previousRun)).toBe(rendered(id, plantedRun(text), previousRun));
        }
      }),
      { numRuns: 10 },
    );
  });
});
