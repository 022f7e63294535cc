import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeAllure } from './allure.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uccert-allure-test-'));
  return () => rm(folder, { recursive: true, force: true });
});

/** A run with one result, as allure-playwright writes it. */
function keptRun(name: string): string {
  const kept = join(folder, name);
  mkdirSync(join(kept, 'allure-results'), { recursive: true });
  const result = {
    uuid: name,
    historyId: 'the same page',
    name: 'opens without a certificate warning',
    status: 'failed',
    stage: 'finished',
    steps: [],
    attachments: [],
    parameters: [],
    labels: [
      { name: 'severity', value: 'critical' },
      { name: 'owner', value: 'Cisco Web Proxy Service' },
    ],
    links: [{ type: 'issue', url: 'docs/catalogue/faults/browser-refuses.md', name: 'browser-refuses' }],
    start: 1,
    stop: 2,
  };
  writeFileSync(join(kept, 'allure-results', `${name}-result.json`), JSON.stringify(result));
  return kept;
}

const write = (run: string, kept: string): Promise<string[]> =>
  writeAllure({ run, kept, out: join(folder, 'out'), history: join(folder, 'state', 'history.jsonl') });

test('one page that asks nothing of the network, with the faults that it links to', async () => {
  const files = await write('first', keptRun('first'));
  expect(files.map((file) => file.slice(folder.length))).toEqual([
    '/out/allure.html',
    '/out/docs/catalogue/faults/browser-refuses.md',
  ]);
  const page = readFileSync(files[0]!, 'utf8');
  expect(page).toContain("default-src 'unsafe-inline' 'unsafe-eval' data: blob:");
  expect(page).not.toContain('googletagmanager');
  expect(page).not.toMatch(/<(?:script|img|link)[^>]+(?:src|href)="https?:/);
});

test('a run is remembered once, however often its report is made', async () => {
  const [first, second] = [keptRun('first'), keptRun('second')];
  for (const [run, kept] of [
    ['first', first],
    ['second', second],
    ['second', second],
  ] as const)
    await write(run, kept);
  const lines = readFileSync(join(folder, 'state', 'history.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(['first', 'second']);
});

test('a run without a browser has none', async () => {
  await expect(write('scan', folder)).rejects.toThrow('Run scan has no results of the browser suites.');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});
