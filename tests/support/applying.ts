import { isPresent } from '#model/verdict.ts';
import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory, type MaintenanceWindow } from '#inventory/load.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { makePlan } from '#workflow/plan.ts';
import { trust } from '#workflow/trust.ts';
import type { TestLab } from './lab.ts';

/** Finding, planning and applying in the lab of a test, and what was reported meanwhile. */
export interface Applying {
  /** Emptied between tests by whoever made it. */
  readonly reports: Report[];
  readonly inventory: () => Inventory;
  readonly look: (deep?: boolean) => Promise<Run>;
  readonly options: (more?: Partial<ApplyOptions>) => ApplyOptions;
  /** `deep`: where a second look at each port finds what is wrong. */
  readonly planFor: (scenarios: string | readonly string[], deep?: boolean) => Promise<Plan>;
}

/** `up`: asked when it is needed, as the lab starts after the test file is read. */
export function applyingIn(up: () => TestLab): Applying {
  const reports: Report[] = [];
  const inventory = (): Inventory => loadInventory(up().lab.inventoryFile);
  const look = (deep = false): Promise<Run> => trust(inventory(), { command: [], judgeAt: null, deep });
  return {
    reports,
    inventory,
    look,
    options: (more = {}) => ({
      acceptIrreversible: true,
      stateFolder: up().state,
      command: [],
      report: (report) => reports.push(report),
      ...more,
    }),
    async planFor(scenarios, deep) {
      for (const scenario of [scenarios].flat()) await up().lab.apply(scenarioOf(scenario));
      return makePlan(await look(deep), inventory());
    },
  };
}

/** The faults that a run found. */
export function presentIn(run: Run): string[] {
  return run.findings.filter(isPresent).map(({ fault }) => fault);
}

/** A maintenance window, in hours from now. */
export function hours(from: number, to: number): MaintenanceWindow {
  const hour = (shift: number): string => `${String((new Date().getUTCHours() + shift + 24) % 24).padStart(2, '0')}:00`;
  return { from: hour(from), to: hour(to), timeZone: 'UTC' };
}
