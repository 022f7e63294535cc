import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isFileError, messageOf, UsageError } from '#model/errors.ts';
import { Plan } from '#model/plan.ts';
import { refuseEdited } from './edited.ts';
import { schemaWords } from './run-store.ts';
import { writeWhole } from './whole-file.ts';

/** Writes a plan as `<id>.json` into the folder of plans, and as `plan.json` into a folder the operator named. */
export function savePlan(plan: Plan, plans: string, out: string | undefined): string {
  const files = [join(plans, `${plan.id}.json`), ...(out === undefined ? [] : [join(out, 'plan.json')])];
  for (const file of files) writeWhole(file, `${JSON.stringify(plan, null, 2)}\n`, 0o600);
  return files.at(-1) ?? '';
}

/** Reads a plan named by file, folder, id or `last`. Throws `UsageError`, and `Refusal` where it was edited since it was made. */
export function loadPlan(name: string, plans: string): Plan {
  const plan = readPlan(fileOf(name, plans));
  refuseEdited(plan);
  return plan;
}

/** What a kept plan changes and for which inventory, in one line; why not where it cannot be read. */
export function planWords(id: string, plans: string): string {
  const plan = readablePlan(id, plans);
  if ('unreadable' in plan) return plan.unreadable;
  const [first, ...more] = plan.changes.map(({ title }) => title);
  const others = more.length === 0 ? '' : `, and ${String(more.length)} more`;
  return `${first ?? ''}${others} (${plan.inventory})`;
}

/** A kept plan as it lies there, edited or not; why not, in a line, where it cannot be read. */
export function readablePlan(id: string, plans: string): Plan | { readonly unreadable: string } {
  try {
    return readPlan(join(plans, `${id}.json`));
  } catch (error) {
    return { unreadable: messageOf(error).split('\n')[0] ?? '' };
  }
}

function readPlan(file: string): Plan {
  try {
    return Plan.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(
      {
        seen: isFileError(error)
          ? `The plan cannot be read: ${messageOf(error)}`
          : `The plan ${file} cannot be read: ${schemaWords(error)}`,
        matters: 'Only a whole plan is carried out.',
        todo: 'Name a file, a folder, an id or "last", or make a plan with uccert plan.',
      },
      { cause: error },
    );
  }
}

/** Ids of the plans kept, the oldest first. */
export function listPlans(plans: string): string[] {
  if (!existsSync(plans)) return [];
  return readdirSync(plans)
    .filter((name) => /^\d{8}T\d{6}(\d{3})?Z-[0-9a-f]{4}\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

function fileOf(name: string, plans: string): string {
  const id = name === 'last' ? listPlans(plans).at(-1) : name;
  if (id === undefined) {
    throw new UsageError({
      seen: `No plan is kept in ${plans}.`,
      matters: 'There is no last plan to carry out.',
      todo: 'Make one with uccert plan.',
    });
  }
  const kept = join(plans, `${id}.json`);
  if (existsSync(kept)) return kept;
  const path = resolve(id);
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'plan.json') : path;
}
