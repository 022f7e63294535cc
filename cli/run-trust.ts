import { join } from 'node:path';
import { readyToKeep, finish } from './finish.ts';
import { openInventory } from '#workflow/open-inventory.ts';
import { UsageError } from '#model/errors.ts';
import type { Run } from '#model/run.ts';
import { renderForecast } from '#reports/forecast.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { runJson } from '#reports/json.ts';
import { readAssumption, readRemoval } from '#workflow/assumption.ts';
import { foresee } from '#workflow/foresee.ts';
import { judgeAgain } from '#workflow/make-run.ts';
import { suppose } from '#workflow/suppose.ts';
import { saveRun } from '#workflow/save-run.ts';
import { trust } from '#workflow/trust.ts';
import type { TrustArguments } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { inventoryFile, runsFolder } from './places.ts';
import { isOf, runNamed } from './run-named.ts';
import { print, progressLine, say, showsColour, terminalWidth } from './terminal.ts';
import { ofRun } from './verdict-codes.ts';

/** Judges the wire and the stores, keeps the run and prints it; or says what would be, which is not kept: what was seen for it is. */
export async function runTrust(wanted: TrustArguments): Promise<ExitCode> {
  const run = wanted.from === undefined ? await look(wanted) : kept(wanted.from, wanted);
  const options = {
    colour: showsColour(wanted.color),
    width: terminalWidth(),
    isVerbose: wanted.verbose,
    isForAgents: wanted.agents,
  };
  const assumptions = [
    ...(wanted.if ?? []).map((text) => readAssumption(text, run.inventory)),
    ...(wanted.without ?? []).map((text) => readRemoval(text, run.inventory)),
  ];
  const told = (text: string): void => {
    if (!wanted.quiet || wanted.json) print(text);
  };
  if (wanted.calendar) {
    const at = wanted.at ?? new Date(run.judgedAt);
    const judged = assumptions.length === 0 ? judgeAgain(run, at) : suppose(run, assumptions, at);
    const forecast = foresee(judged);
    told(wanted.json ? JSON.stringify(forecast, null, 2) : renderForecast(judged, forecast, options));
    return 0;
  }
  if (assumptions.length === 0 && wanted.from === undefined && wanted.at === null)
    return finish(run, wanted, null, wanted.agents);
  if (wanted.from === undefined) {
    saveRun(run, join(runsFolder(), run.id));
    if (!wanted.quiet) say(`Run ${run.id} is kept as it was seen, and judged as of now; what is shown is not kept.`);
  }
  // A new certificate is younger than what was seen: what is supposed is judged as of now.
  const shown =
    assumptions.length > 0
      ? suppose(run, assumptions, wanted.at ?? new Date())
      : wanted.at === null
        ? run
        : judgeAgain(run, wanted.at);
  if (wanted.out !== undefined) {
    const { writeReports } = await import('./write-reports.ts');
    writeReports(shown, shown === run ? null : run, wanted.out);
  }
  told(wanted.json ? runJson(shown) : renderTerminal(shown, shown === run ? null : run, options));
  return ofRun(shown, wanted['fail-on']);
}

/** A kept run that judged links; where an inventory is named, of that one. */
function kept(name: string, { inventory, quiet, deep }: TrustArguments): Run {
  if (deep)
    throw new UsageError({
      seen: '--deep was given with --from.',
      matters: 'A kept run holds what was asked when it was made; nobody is asked anything now.',
      todo: 'Leave --deep out, or ask the machines: uccert trust --deep.',
    });
  const willDo = (run: Run): boolean => run.links !== undefined && (inventory === undefined || isOf(inventory, run));
  const run = runNamed(name, { quiet, willDo });
  if (run.links === undefined)
    throw new UsageError({
      seen: `The run ${run.id} judged no links: it was made by ${run.command.slice(0, 2).join(' ')}.`,
      matters: 'Without the stores nothing can be said of who trusts whom.',
      todo: 'Make one that reads them: uccert trust. Then name it, or "last".',
    });
  if (inventory !== undefined && !isOf(inventory, run))
    throw new UsageError({
      seen: `The run ${run.id} is not of ${inventory}: it is of ${run.inventory.file ?? 'targets named one by one'}.`,
      matters: 'What it saw says nothing of the machines of another inventory.',
      todo: `Make one of it: uccert trust ${inventory}. Or leave the inventory out.`,
    });
  return run;
}

async function look(wanted: TrustArguments): Promise<Run> {
  readyToKeep(wanted);
  const line = progressLine(wanted.quiet);
  const request = { command: ['uccert', ...process.argv.slice(2)], judgeAt: null, deep: wanted.deep };
  const run = await trust(openInventory(inventoryFile(wanted.inventory)), request, (done, total, { place }) => {
    line.show(`${String(done)} of ${String(total)}  ${place.machine}:${String(place.port)}`);
  });
  line.end();
  return run;
}
