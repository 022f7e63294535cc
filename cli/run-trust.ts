import { readyToKeep, finish } from './finish.ts';
import { loadInventory } from '#inventory/load.ts';
import type { Run } from '#model/run.ts';
import { renderForecast } from '#reports/forecast.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { runJson } from '#reports/json.ts';
import { readAssumption, readRemoval } from '#workflow/assumption.ts';
import { foresee } from '#workflow/foresee.ts';
import { judgeAgain } from '#workflow/make-run.ts';
import { loadRun } from '#workflow/run-store.ts';
import { suppose } from '#workflow/suppose.ts';
import { trust } from '#workflow/trust.ts';
import type { TrustArguments } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { inventoryFile, runsFolder } from './places.ts';
import { print, progressLine, showsColour, terminalWidth } from './terminal.ts';
import { ofRun } from './verdict-codes.ts';

/** Judges the wire and the stores, keeps the run and prints it; or says what would be, which is not kept. */
export async function runTrust(wanted: TrustArguments): Promise<ExitCode> {
  const run = wanted.from === undefined ? await look(wanted) : loadRun(wanted.from, runsFolder());
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
  if (wanted.calendar) {
    const at = wanted.at ?? new Date(run.judgedAt);
    const forecast = foresee(assumptions.length === 0 ? judgeAgain(run, at) : suppose(run, assumptions, at));
    print(wanted.json ? JSON.stringify(forecast, null, 2) : renderForecast(run, forecast, options));
    return 0;
  }
  if (assumptions.length > 0) {
    const supposed = suppose(run, assumptions, wanted.at ?? new Date(run.judgedAt));
    print(wanted.json ? runJson(supposed) : renderTerminal(supposed, run, options));
    return ofRun(supposed, wanted['fail-on']);
  }
  if (wanted.from === undefined) return finish(run, wanted, null, wanted.agents);
  const again = wanted.at === null ? run : judgeAgain(run, wanted.at);
  print(wanted.json ? runJson(again) : renderTerminal(again, null, options));
  return ofRun(again, wanted['fail-on']);
}

async function look(wanted: TrustArguments): Promise<Run> {
  readyToKeep(wanted);
  const line = progressLine(wanted.quiet);
  const request = { command: ['uccert', ...process.argv.slice(2)], judgeAt: wanted.at, deep: wanted.deep };
  const run = await trust(loadInventory(inventoryFile(wanted.inventory)), request, (done, total, { place }) => {
    line.show(`${String(done)} of ${String(total)}  ${place.machine}:${String(place.port)}`);
  });
  line.end();
  return run;
}
