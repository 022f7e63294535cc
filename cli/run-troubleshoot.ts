import { UsageError } from '#model/errors.ts';
import { openInventory } from '#workflow/open-inventory.ts';
import { diagnosisJson, outcomeOf, renderDiagnosis } from '#reports/diagnosis.ts';
import { troubleshoot } from '#workflow/troubleshoot.ts';
import type { TroubleshootArguments } from './arguments.ts';
import { exitCode, type ExitCode } from './exit-codes.ts';
import { finish, readyToKeep } from './finish.ts';
import { inventoryFile } from './places.ts';
import { print, progressLine, say, showsColour, terminalWidth } from './terminal.ts';

/** Looks for the cause of what people see, keeps the run and prints the diagnosis. */
export async function runTroubleshoot(wanted: TroubleshootArguments): Promise<ExitCode> {
  const symptom = wanted.symptom.trim();
  if (symptom === '') {
    throw new UsageError({
      seen: '--symptom is empty.',
      matters: 'Without it there is nothing to look for.',
      todo: 'Say what people see: --symptom "Live Data stays empty".',
    });
  }
  readyToKeep(wanted);
  const line = progressLine(wanted.quiet);
  const request = { command: ['uccert', ...process.argv.slice(2)], judgeAt: wanted.at };
  const inventory = openInventory(inventoryFile(wanted.inventory));
  const { run, diagnosis } = await troubleshoot(inventory, symptom, request, (done, total, { place }) => {
    line.show(`${String(done)} of ${String(total)}  ${place.machine}:${String(place.port)}`);
  });
  line.end();
  const well = await finish(run, { ...wanted, quiet: true, json: false });
  if (wanted.json) print(diagnosisJson(run, diagnosis));
  else if (!wanted.quiet) {
    const look = { colour: showsColour(wanted.color), width: terminalWidth(), isVerbose: wanted.verbose };
    print(renderDiagnosis(run, diagnosis, look));
    say(`Run ${run.id} is kept; uccert report last shows all of it.`);
  }
  const outcome = outcomeOf(run, diagnosis);
  if (outcome === 'cause-found') return exitCode.fault;
  return outcome === 'not-decided' ? exitCode.inconclusive : well;
}
