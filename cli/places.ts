import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '#model/errors.ts';
import { isLabRunning, labFolder, stateFolder } from '#lab/state.ts';
import { say } from './terminal.ts';

/** Where uccert keeps what it must remember. */
export { stateFolder };

/** Runs kept over time. */
export function runsFolder(): string {
  return join(stateFolder(), 'runs');
}

/** Plans made. */
export function plansFolder(): string {
  return join(stateFolder(), 'plans');
}

/** The inventory named, else `./uccert.yaml`, else that of a lab that is up; standard error says which. */
export function inventoryFile(named: string | undefined): string {
  if (named !== undefined) return named;
  const own = process.env['UCCERT_INVENTORY'] ?? 'uccert.yaml';
  if (existsSync(own)) {
    say(`Inventory: ${own}`);
    return own;
  }
  const lab = join(labFolder(stateFolder()), 'uccert.yaml');
  if (existsSync(lab) && !isLabRunning(stateFolder())) {
    throw new UsageError({
      seen: `The inventory of a lab lies in ${lab}, and the lab is not running: nobody told it to end.`,
      matters: 'Every port would be found closed.',
      todo: 'Start it again: uccert lab up. Or clear away what it left: uccert lab down, which shows what it said last.',
    });
  }
  if (existsSync(lab)) {
    say(`Inventory: the lab's, ${lab}`);
    return lab;
  }
  throw new UsageError({
    seen: 'There is no uccert.yaml here, and no lab is up.',
    matters: 'uccert looks at the machines of an inventory, or at targets named one by one.',
    todo: 'Write one with uccert init, name a file, name a target (uccert scan --target host:port), or start the lab: uccert lab up',
  });
}
