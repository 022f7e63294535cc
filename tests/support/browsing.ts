import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadInventory } from '#inventory/load.ts';
import type { PageName } from '#inventory/pages.ts';
import { failureWords } from '#model/failure-words.ts';
import type { Verdict } from '#model/finding.ts';
import type { Run } from '#model/run.ts';
import { browse } from '#workflow/browse.ts';
import type { TestLab } from './lab.ts';

/** What tests change in an inventory. */
export interface Written {
  machines: Record<string, object>;
  clients: Record<string, object>;
  people: Record<string, object>;
  selectors?: object;
}

/** Looking at pages in the lab of a test. */
export interface BrowsingLab {
  /** Of the test that runs; gone after it. */
  readonly outFolder: () => string;
  /** Lines of the last run, as its pages ended. */
  readonly ended: readonly string[];
  /** `pages`: null for all. */
  readonly browseLab: (pages: readonly PageName[] | null, file?: string) => Promise<Run>;
  /** The lab's inventory with changes, in a file beside it. */
  readonly changedInventory: (change: (inventory: Written) => void) => Promise<string>;
}

/** `running`: asked when it is needed, as the lab starts after the test file is read. */
export function browsingIn(running: () => TestLab): BrowsingLab {
  const ended: string[] = [];
  let outFolder = '';
  beforeEach(async () => {
    outFolder = await mkdtemp(join(tmpdir(), 'uccert-out-'));
  });
  afterEach(() => rm(outFolder, { recursive: true, force: true }));
  return {
    outFolder: () => outFolder,
    ended,
    browseLab(pages, file = running().lab.inventoryFile) {
      ended.splice(0);
      return browse(loadInventory(file), {
        command: ['uccert', 'browse'],
        pageEnded: (line) => ended.push(line),
        judgeAt: null,
        outFolder,
        ...(pages === null ? {} : { pages }),
      });
    },
    async changedInventory(change) {
      const { inventoryFile, folder } = running().lab;
      const inventory = parse(await readFile(inventoryFile, 'utf8')) as Written;
      change(inventory);
      const file = join(folder, 'changed.yaml');
      await writeFile(file, stringify(inventory));
      return file;
    },
  };
}

/** The verdicts on what people saw, one for each page. */
export function refusals(run: Run): { machine: string; page: string; verdict: Verdict }[] {
  return run.findings.flatMap(({ fault, verdict, subject }) =>
    fault === 'browser-refuses' && subject.scope === 'endpoint'
      ? [{ machine: subject.machine, page: subject.page ?? '', verdict }]
      : [],
  );
}

/** What is said of one page on one machine. */
export function because(run: Run, machine: string, page: string): string {
  const verdict = refusals(run).find((refusal) => refusal.machine === machine && refusal.page === page)?.verdict;
  if (verdict?.status === 'present') return verdict.because;
  return verdict?.status === 'inconclusive' ? failureWords(verdict.missing[0]!.failure).seen : String(verdict?.status);
}
