import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Plan } from '#model/plan.ts';
import { loadInventory } from '#inventory/load.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { apply } from '#workflow/apply.ts';
import { journalFolder } from '#workflow/begun-plans.ts';
import type { TestLab } from './lab.ts';

/**
 * What a process leaves when it is killed: its journal with what lies beside it, the lists of the PCs, and the machines as they are then.
 * Real processes are killed in remedies.test.ts; here every moment is kept.
 */
export interface Moment {
  readonly before: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly bringBack: () => Promise<void>;
}

/** Tells of every command that a machine of the lab carried out, until it is given another listener. */
export type Listen = (hear: (line: string, machine: string) => void) => void;

/** Carries a plan out whole, and gives back the moment before each step, and after each command that `changes` matches. */
export async function momentsOf(
  plan: Plan,
  up: TestLab,
  how: {
    readonly options: (report: (report: Report) => void) => ApplyOptions;
    readonly listen: Listen;
    readonly changes: RegExp;
  },
): Promise<{ readonly moments: readonly Moment[]; readonly lines: readonly string[] }> {
  const moments: Moment[] = [];
  const lines: string[] = [];
  const keep = (before: string): void => {
    moments.push({ before, files: filesLeft(up), bringBack: up.lab.remember() });
  };
  how.listen((line, machine) => {
    lines.push(line);
    if (how.changes.test(line)) keep(`the end of "${line.slice(0, 60)}" on ${machine}`);
  });
  const report = (said: Report): void => {
    if (said.event === 'step') keep(`step ${String(said.number)}, ${said.title}`);
    if (said.event === 'verifying') keep('the verification');
  };
  const { outcome } = await apply(plan, loadInventory(up.lab.inventoryFile), how.options(report));
  how.listen(() => undefined);
  expect(outcome).toEqual({ status: 'verified' });
  return { moments, lines };
}

/** The world as it was at that moment. */
export async function goBackTo({ files, bringBack }: Moment, up: TestLab): Promise<void> {
  await bringBack();
  for (const folder of foldersOf(up)) rmSync(folder, { recursive: true, force: true });
  for (const [file, contents] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}

/** The journal, what lies beside it, and the lists of the PCs, by path. */
export function filesLeft(up: TestLab): Map<string, Buffer> {
  const files = foldersOf(up).flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
      : [],
  );
  return new Map(files.map((file) => [file, readFileSync(file)]));
}

function foldersOf(up: TestLab): string[] {
  return [journalFolder(up.state), join(up.lab.folder, 'clients')];
}
