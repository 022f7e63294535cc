import { readFileSync } from 'node:fs';
import { UsageError } from '#model/errors.ts';
import type { Limits } from '#inventory/load.ts';
import { scan, type Progress, type ScanRequest } from '#workflow/scan.ts';
import type { ScanArguments } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { finish, readyToKeep } from './finish.ts';
import { machineTypeOf, releaseOf } from './machine-options.ts';
import { inventoryFile } from './places.ts';
import { readTargets } from './targets.ts';
import { print, progressLine } from './terminal.ts';

/** Limits where no inventory sets them. */
const usualLimits: Limits = { connectMs: 3000, probeMs: 10_000, perMachine: 2 };

/** Scans what was asked for, keeps the run and prints it. */
export async function runScan(wanted: ScanArguments): Promise<ExitCode> {
  const request = await requestOf(wanted);
  readyToKeep(wanted);
  const line = progressLine(wanted.quiet);
  const progress: Progress = (done, total, { place }, { observations }) => {
    line.show(`${String(done)} of ${String(total)}  ${place.machine}:${String(place.port)}`);
    if (wanted.jsonl) print(JSON.stringify({ place, observations }));
  };
  const run = await scan(request, progress);
  line.end();
  return finish(run, wanted.jsonl ? { ...wanted, quiet: true, json: false } : wanted);
}

async function requestOf(wanted: ScanArguments): Promise<ScanRequest> {
  const named = [...(wanted.target ?? []), ...(wanted.targets === undefined ? [] : targetsOfFile(wanted.targets))];
  const command = ['uccert', ...process.argv.slice(2)];
  if (wanted.target === undefined && wanted.targets === undefined) {
    refuseWithoutTarget(wanted);
    const { openInventory } = await import('#workflow/open-inventory.ts');
    const { snapshot, certificates, limits } = openInventory(inventoryFile(wanted.inventory));
    return {
      command,
      inventory: snapshot,
      certificates,
      limits,
      deep: wanted.deep,
      revocation: wanted.revocation,
      judgeAt: wanted.at,
    };
  }
  if (wanted.inventory !== undefined) {
    throw new UsageError({
      seen: `Both an inventory (${wanted.inventory}) and targets were named.`,
      matters: 'It would be unclear which machines the run is about.',
      todo: 'Name one or the other.',
    });
  }
  if (named.length === 0) {
    throw new UsageError({
      seen: 'No target was named.',
      matters: 'There is nothing to look at.',
      todo: 'Give lines of host:port server-name.',
    });
  }
  const release = releaseOf(wanted.release) ?? undefined;
  const machineType = machineTypeOf(wanted['machine-type']) ?? undefined;
  const targets = readTargets({
    targets: named,
    machineType,
    release,
    anchors: wanted.anchors ?? [],
  });
  return {
    command,
    ...targets,
    limits: usualLimits,
    deep: wanted.deep,
    revocation: wanted.revocation,
    judgeAt: wanted.at,
  };
}

/** Options that only speak of targets: said without one they would change nothing, and seem to. */
function refuseWithoutTarget({ anchors, release, 'machine-type': machineType }: ScanArguments): void {
  const idle = Object.entries({ anchors, release, 'machine-type': machineType }).find(
    ([, value]) => value !== undefined,
  );
  if (idle === undefined) return;
  throw new UsageError({
    seen: `--${idle[0]} was given without --target or --targets.`,
    matters: 'With an inventory, anchors, releases and types come from the inventory.',
    todo: 'Add --target host:port, or leave the option out.',
  });
}

/** Lines `host:port server-name`; blank lines and lines that begin with # are passed over. */
function targetsOfFile(file: string): string[] {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/).slice(0, 2).join('#'));
}
