import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AllureReport, resolveConfig } from '@allurereport/core';
import AwesomePlugin from '@allurereport/plugin-awesome';
import { UsageError } from '#model/errors.ts';
import { makeFolder, writeWhole } from './whole-file.ts';

/** What an Allure report is made from. */
export interface AllureRequest {
  /** Id of the run. */
  readonly run: string;
  /** Folder that the run is kept in. */
  readonly kept: string;
  /** Folder to write into. */
  readonly out: string;
  /** File that carries the results from report to report. */
  readonly history: string;
}

/** As many reports are remembered. */
const remembered = 20;

/** Builds the Allure report of a kept run of the browser: one page that asks nothing of the network, and the pages of the faults that it links to. */
export async function writeAllure({ run, kept, out, history }: AllureRequest): Promise<string[]> {
  const results = join(kept, 'allure-results');
  if (!existsSync(results)) {
    throw new UsageError({
      seen: `Run ${run} has no results of the browser suites.`,
      matters: 'An Allure report shows what a browser did, step by step.',
      todo: 'Name a run of uccert browse; uccert list runs shows them.',
    });
  }
  forget(run, history);
  const output = await mkdtemp(join(tmpdir(), 'uccert-allure-'));
  try {
    const options = { singleFile: true, reportLanguage: 'en', groupBy: ['owner', 'machine', 'subSuite'] };
    const config = await resolveConfig({
      name: run,
      output,
      historyPath: history,
      historyLimit: remembered,
      plugins: {},
    });
    const plugin = new AwesomePlugin(options);
    const report = new AllureReport({ ...config, plugins: [{ id: 'awesome', enabled: true, plugin, options }] });
    await report.start();
    await report.readDirectory(results);
    await report.done();
    const page = join(out, 'allure.html');
    writeWhole(page, alone(readFileSync(pageIn(output), 'utf8')));
    return [page, ...copyLinked(results, out)];
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

/** The report writes to a folder of its plugin where there are several. */
function pageIn(folder: string): string {
  return [folder, join(folder, 'awesome')].map((each) => join(each, 'index.html')).find(existsSync) ?? folder;
}

/** The page without the visit it pays to its maker's statistics, and unable to pay any. */
function alone(page: string): string {
  const policy = "default-src 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'none'";
  return page
    .replace(/<script async src="https:\/\/www\.googletagmanager\.com[^>]*><\/script>\s*<script>.*?<\/script>/s, '')
    .replace(/<head>/, `<head>\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/** A report that is made again is not another run. */
function forget(run: string, history: string): void {
  makeFolder(dirname(history));
  if (!existsSync(history)) return;
  const others = readFileSync(history, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.includes(`"name":${JSON.stringify(run)}`));
  writeWhole(history, others.map((line) => `${line}\n`).join(''));
}

/** Copies the pages of faults that the results name, to where their links lead. */
function copyLinked(results: string, out: string): string[] {
  const texts = readdirSync(results)
    .filter((name) => name.endsWith('-result.json'))
    .map((name) => readFileSync(join(results, name), 'utf8'));
  const linked = new Set(texts.flatMap((text) => text.match(/docs\/catalogue\/faults\/[a-z-]+\.md/g) ?? []));
  const root = fileURLToPath(new URL('..', import.meta.url));
  return [...linked].flatMap((path) => {
    if (!existsSync(join(root, path))) return [];
    cpSync(join(root, path), join(out, path));
    return [join(out, path)];
  });
}
