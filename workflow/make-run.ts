import { hostname } from 'node:os';
import type { InventorySnapshot } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import type { Applied } from '#model/plan.ts';
import type { Asked, Run } from '#model/run.ts';
import { runFormat } from '#model/vocabulary.ts';
import type { Fault } from '#faults/define-fault.ts';
import { faultOf } from '#faults/index.ts';
import { browserViews } from '#faults/browser-views.ts';
import { judgeScene } from '#faults/judge.ts';
import { Scene } from '#faults/scene.ts';
import { trustLinks } from '#faults/trust-links.ts';
import { catalogueOf } from './catalogue.ts';
import { newId } from './run-id.ts';
import { version } from './version.ts';

/** What a run is made of once the looking is done. */
export interface Parts {
  readonly command: readonly string[];
  readonly startedAt: Date;
  /** The time to judge at; the end of the looking unless the caller asked for another. */
  readonly judgeAt: Date | null;
  readonly faults: readonly Fault[];
  readonly asked: Asked;
  readonly inventory: InventorySnapshot;
  readonly observations: readonly Observation[];
  readonly certificates: Readonly<Record<Sha256, string>>;
  readonly remediations?: readonly Applied[];
  /** When somebody stopped the looking. */
  readonly stoppedAt?: Date | null;
}

/** Judges what was seen and puts it in the one document. */
export function makeRun(parts: Parts): Run {
  const finishedAt = new Date();
  const judgedAt = parts.judgeAt ?? finishedAt;
  const { faults, inventory, certificates } = parts;
  const observations = [...parts.observations];
  const scene = new Scene({ inventory, certificates, observations, judgedAt });
  const views = browserViews(scene);
  return {
    format: runFormat,
    id: newId(parts.startedAt),
    tool: { name: 'uccert', version },
    startedAt: parts.startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    judgedAt: judgedAt.toISOString(),
    vantage: hostname(),
    command: [...parts.command],
    asked: parts.asked,
    inventory,
    certificates: { ...certificates },
    observations,
    findings: judgeScene(faults, scene),
    catalogue: catalogueOf(faults, inventory, parts.asked),
    ...(views.length === 0 ? {} : { views }),
    ...(faults.some(({ judges }) => judges === 'trust-relation') ? { links: trustLinks(scene) } : {}),
    ...(parts.stoppedAt == null ? {} : { stopped: parts.stoppedAt.toISOString() }),
    remediations: [...(parts.remediations ?? [])],
  };
}

/** The run judged again from what it holds: at its own time the findings are the same, at another time they are that time's. */
export function judgeAgain(run: Run, at: Date): Run {
  const faults = run.asked.faults.map(faultOf).filter((fault) => fault !== undefined);
  const { inventory, certificates, observations } = run;
  const scene = new Scene({ inventory, certificates, observations, judgedAt: at });
  return {
    ...run,
    judgedAt: at.toISOString(),
    findings: judgeScene(faults, scene),
    catalogue: catalogueOf(faults, inventory, run.asked),
    ...(run.views === undefined ? {} : { views: browserViews(scene) }),
    ...(run.links === undefined ? {} : { links: trustLinks(scene) }),
  };
}
