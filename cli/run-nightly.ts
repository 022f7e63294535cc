import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { diffRuns, isEmpty } from '#reports/diff.ts';
import { runJson } from '#reports/json.ts';
import { healthWords, summarise } from '#reports/summary.ts';
import { renderDiff, renderTerminal } from '#reports/terminal.ts';
import { nightly } from '#workflow/nightly.ts';
import { ensureWritable } from '#workflow/whole-file.ts';
import type { NightlyArguments } from './arguments.ts';
import { exitCode, worst, type ExitCode } from './exit-codes.ts';
import { stateFolder } from './places.ts';
import { print, say, showsColour, terminalWidth } from './terminal.ts';
import { ofRun } from './verdict-codes.ts';
import { writeReports } from './write-reports.ts';

/** One night for each inventory; the worst exit code counts. */
export async function runNightly(wanted: NightlyArguments): Promise<ExitCode> {
  let code: ExitCode = exitCode.well;
  for (const inventory of wanted.inventory) code = worst(code, await oneNight(inventory, wanted));
  return code;
}

async function oneNight(inventory: string, wanted: NightlyArguments): Promise<ExitCode> {
  const out = folderOf(inventory, wanted);
  ensureWritable(out);
  const { run, previous, folder } = await nightly(inventory, join(out, 'runs'), ['uccert', ...process.argv.slice(2)]);
  writeReports(run, previous, folder);
  writeReports(run, previous, out);
  if (wanted.json) print(runJson(run));
  else if (!wanted.quiet) {
    const look = { colour: showsColour(wanted.color), width: terminalWidth(), isVerbose: wanted.verbose };
    if (wanted.inventory.length > 1) print(`\n${inventory}`);
    const { health, headline } = summarise(run, wanted['fail-on']);
    if (previous !== null) print(`${healthWords[health]}: ${headline}`);
    if (previous === null) {
      print(renderTerminal(run, null, look));
      print('This is the first night: there is none before to compare with.');
    } else if (isEmpty(diffRuns(previous, run))) print(`Nothing differs from the night before, ${previous.id}.`);
    else print(renderDiff(diffRuns(previous, run), look));
  }
  if (!wanted.quiet) say(`Reports are in ${out}`);
  return ofRun(run, wanted['fail-on']);
}

/** Nights of one inventory go together and apart from other runs: below `--out`, or in the state folder. */
function folderOf(inventory: string, { out, inventory: all }: NightlyArguments): string {
  const name = createHash('sha256').update(resolve(inventory)).digest('hex').slice(0, 12);
  if (out === undefined) return join(stateFolder(), 'nightly', name);
  return all.length === 1 ? out : join(out, name);
}
