import { UsageError } from '#model/errors.ts';
import type { PresentFinding } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { subjectMachine } from '#model/subject.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { planDigest, planFormat, type Change, type Plan, type Target } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import type { Run } from '#model/run.ts';
import { faultOf, type FaultId } from '#faults/index.ts';
import type { Inventory } from '#inventory/load.ts';
import { areSides } from '#products/pairs.ts';
import { actionOf } from '#remediations/actions/index.ts';
import {
  isFor,
  type Declined,
  type Draft,
  type PlanningFacts,
  type Remediation,
} from '#remediations/define-remediation.ts';
import { remediations } from '#remediations/index.ts';
import { refusedAsBefore } from '#remediations/planning/client-trust.ts';
import { inTheWayOf, unusableStores, type UnusableStore } from '#remediations/planning/unusable-stores.ts';
import { unreachedBy } from './access.ts';
import { basisDigest, basisOf } from './basis.ts';
import { eachOnce } from './each-once.ts';
import { fewestRestarts } from './fewest-restarts.ts';
import { linksTo, planningFacts } from './planning-facts.ts';
import { leftOverLines, whyLeft } from './not-covered.ts';
import { newId } from './run-id.ts';
import { refuseOutdated } from './outdated-run.ts';
import { carriedFrom, machinesOf, presentersIn } from './rests-on.ts';
import { withNeeds } from './shared-steps.ts';
import { lookAtStores } from './stores.ts';
import { notWished, wished, type Wish } from './wished.ts';
import { worthARestart } from './worth-a-restart.ts';

/** How a plan is wanted. */
export interface PlanWish extends Wish {
  /** Services one by one, or whole machines, as some guides say. */
  readonly restart: PlanningFacts['restart'];
}

/** Makes a plan from a run: reads the stores it needs, changes nothing. Throws `UsageError` when there is nothing to plan. */
export async function makePlan(
  run: Run,
  inventory: Inventory,
  wish: PlanWish = { restart: 'services' },
): Promise<Plan> {
  const { restart } = wish;
  if (run.inventory.file === null) throw withoutInventory(run);
  if (run.supposed !== undefined) throw onlySupposed();
  const present = run.findings.filter(isPresent);
  // What verifies a plan looks at ports and stores: a page is put right by what stands behind it, and a browser says so afterwards.
  const { found, left } = wished(
    present.filter((finding) => !isOfPage(finding)),
    wish,
    inventory,
  );
  if (found.length === 0 && left.length > 0) throw nothingWished(run, wish, left);
  const machines = involved(found, inventory);
  const stores = await lookAtStores(inventory, machines);
  refuseOutdated(run, stores, machines, inventory);
  const observations = [...run.observations.filter(({ place }) => place.at === 'endpoint'), ...stores.observations];
  const certificates = { ...inventory.certificates, ...run.certificates, ...stores.certificates };
  const facts = planningFacts(
    { observations, certificates, findings: run.findings, judgedAt: new Date(run.judgedAt), restart },
    inventory,
  );

  const { changes: drafted, notCovered } = draftSafely(found, facts);
  notCovered.push(...left.map(({ fault, subject }) => ({ fault, subject, because: notWished })));
  for (const { fault, subject } of present.filter(isOfPage)) {
    const because = 'what stands behind the page is put right; uccert browse then says whether people can work';
    notCovered.push({ fault, subject, because });
  }
  const { worth, left: notices } =
    wish.faults === undefined || wish.faults.length === 0
      ? worthARestart(drafted, found)
      : { worth: drafted, left: [] };
  notCovered.push(...notices);
  const changes = withNeeds(worth, fewestRestarts(eachOnce(worth)));
  if (changes.length === 0) throw nothingToPlan(run, present.length, notCovered);

  const unreached = await unreachedBy(changes, inventory);
  const basis = basisFor(changes, observations, inventory);
  const carried: Record<Sha256, string> = {};
  for (const digest of certificatesIn(changes)) carried[digest] = certificates[digest] ?? '';
  const now = new Date();
  const plan = {
    format: planFormat,
    id: newId(now),
    madeAt: now.toISOString(),
    run: run.id,
    inventory: inventory.file,
    basedOn: basisDigest(basis),
    basis,
    changes,
    notCovered,
    unreached,
    certificates: carried,
  } as const;
  return { ...plan, digest: planDigest(plan) };
}

interface Drafted {
  readonly changes: Change[];
  readonly notCovered: Plan['notCovered'];
}

/** Without changes to key stores that the services would not open again: what nothing mends is known when all were asked once. */
function draftSafely(found: readonly PresentFinding[], facts: PlanningFacts): Drafted {
  let avoided: readonly UnusableStore[] = [];
  for (;;) {
    const drafted = draftAll(found, facts, avoided);
    const unmended = unusableStores(drafted.notCovered);
    if (unmended.length <= avoided.length) return drafted;
    avoided = unmended;
  }
}

/** Asks each remediation in turn about what is still open on each machine. What one of them clears, the others are not asked about. */
function draftAll(found: readonly PresentFinding[], facts: PlanningFacts, avoided: readonly UnusableStore[]): Drafted {
  const open = new Set(found);
  const declined = new Map<PresentFinding, string>();
  const changes: Change[] = [];
  for (const remediation of remediations) {
    for (const machine of facts.inventory.machines.filter((each) => isFor(remediation, each))) {
      const findings = [...open].filter(
        ({ fault, subject }) => subjectMachine(subject) === machine.id && remediation.fixes.some((id) => id === fault),
      );
      if (findings.length === 0) continue;
      const draft = within(remediation.plan({ machine, findings }, facts), avoided);
      if (draft === null) continue;
      const refused = 'declined' in draft ? null : refusedAsBefore({ machine, findings }, draft.steps, facts);
      for (const finding of findings) {
        const because =
          refused?.get(finding) ?? draft.left?.get(finding) ?? ('declined' in draft ? draft.declined : undefined);
        // The first to decline knows the case best.
        if (because !== undefined && !declined.has(finding)) declined.set(finding, because);
      }
      if ('declined' in draft) continue;
      const cleared = [...open].filter(
        (finding) =>
          !refused?.has(finding) && ((draft.clears ?? findings).includes(finding) || isAbout(finding, machine, draft)),
      );
      if (cleared.length === 0) continue;
      for (const finding of cleared) open.delete(finding);
      changes.push(inFull(remediation, cleared, draft, trustOfClients(machine, draft, facts)));
    }
  }
  const notCovered = [...open].map((finding) => ({
    fault: finding.fault,
    subject: finding.subject,
    because: declined.get(finding) ?? whyLeft(finding.fault),
    ...(finding.verdict.advice === undefined ? {} : { todo: finding.verdict.advice }),
  }));
  return { changes, notCovered };
}

/** The draft, unless one of its steps is on a key store that is to be left alone. */
function within(draft: Draft | Declined | null, avoided: readonly UnusableStore[]): Draft | Declined | null {
  const because = draft === null || 'declined' in draft ? null : inTheWayOf(draft.steps, avoided);
  return because === null ? draft : { declined: because };
}

/** Whether a finding is about a certificate that the change takes out of the world. */
function isAbout({ subject, verdict }: PresentFinding, machine: Machine, { replaces }: Draft): boolean {
  if (verdict.certificate === undefined || !replaces.includes(verdict.certificate)) return false;
  return subjectMachine(subject) === machine.id || subject.scope === 'trust-relation' || subject.scope === 'store';
}

/**
 * What a plan rests on: the machines that it changes, carries from and finds faults at, and the other sides of pairs, which are to answer
 * meanwhile; the trust of those that it changes, and of those that rely on them.
 */
function basisFor(changes: readonly Change[], observations: readonly Observation[], inventory: Inventory): string[] {
  const { machines } = inventory.snapshot;
  const changed = machinesOf({ changes });
  const own = machines.filter(({ id }) => changed.includes(id));
  const relying = own.flatMap((machine) => linksTo(machine, inventory).map(({ relyingParty }) => relyingParty.id));
  const sides = machines.filter(({ type }) => own.some((machine) => areSides(type, machine.type))).map(({ id }) => id);
  const trusting = new Set([...changed, ...relying]);
  const rested = new Set([...trusting, ...carriedFrom({ changes }), ...presentersIn({ changes }), ...sides]);
  const meant = observations.filter(({ kind, place }) => kind !== 'trust-store' || trusting.has(place.machine));
  return basisOf(meant, rested, inventory.snapshot);
}

/** Every machine a plan for these findings could touch or rest on. */
function involved(found: readonly PresentFinding[], inventory: Inventory): Set<MachineId> {
  const machines = new Set<MachineId>();
  for (const { subject } of found) {
    const at = inventory.snapshot.machines.find(({ id }) => id === subjectMachine(subject));
    if (at === undefined) continue;
    machines.add(at.id);
    for (const { relyingParty } of linksTo(at, inventory)) machines.add(relyingParty.id);
    if (subject.scope === 'trust-relation') machines.add(subject.presenter);
  }
  return machines;
}

function inFull(
  remediation: Remediation,
  cleared: readonly PresentFinding[],
  draft: Draft,
  clients: readonly Target[],
): Change {
  const noWayBack = draft.steps.some((step) => actionOf(step).undo === 'none');
  return {
    remediation: remediation.id,
    title: draft.title,
    targets: cleared.map(({ fault, subject }) => ({ fault, subject })),
    keeps: [...draft.keeps, ...clients],
    steps: [...draft.steps],
    reversible: !noWayBack && draft.irreversible.length === 0,
    irreversible: [...draft.irreversible],
    ...(draft.brings === undefined ? {} : { brings: [...draft.brings] }),
  };
}

/** Who trusts now what its ports are going to present no more is to trust what they present then. */
function trustOfClients({ id }: Machine, { replaces, steps }: Draft, facts: PlanningFacts): readonly Target[] {
  const bound = steps.flatMap((step) => (step.do === 'bind-certificate' && step.on === id ? [step.port] : []));
  const replaced = facts.openPorts(id).filter((port) => {
    const presented = facts.presented(id, port);
    return presented !== null && replaces.includes(presented);
  });
  return [...new Set([...replaced, ...bound])].flatMap((port) => facts.clientTrust(id, port));
}

function certificatesIn(changes: readonly Change[]): Sha256[] {
  return changes
    .flatMap(({ steps }) => steps)
    .flatMap((step: Step) => [
      ...('certificate' in step && step.certificate.from === 'plan' ? [step.certificate.sha256] : []),
      ...('chain' in step ? step.chain : []),
    ]);
}

function isOfPage({ fault }: PresentFinding): boolean {
  return faultOf(fault)?.judges === 'page';
}

function onlySupposed(): UsageError {
  return new UsageError({
    seen: 'The run tells what would be: something in it was supposed.',
    matters: 'A plan rests on what was seen.',
    todo: 'Make a run of what is: uccert trust.',
  });
}

function withoutInventory(run: Run): UsageError {
  return new UsageError({
    seen: `The run ${run.id} is about targets that were named one by one.`,
    matters: 'A plan needs to know what the machines are and how to get onto them.',
    todo: 'Write an inventory (uccert init), scan with it, then plan.',
  });
}

function nothingWished(
  run: Run,
  { machines = [], faults = [] }: PlanWish,
  left: readonly PresentFinding[],
): UsageError {
  const places = [...new Set(left.flatMap(({ subject }) => subjectMachine(subject) ?? []))];
  const isDeep = run.asked.faults.includes('legacy-protocol-accepted' satisfies FaultId);
  const wish = [
    ...(faults.length === 0 ? [] : [`of ${faults.join(', ')}`]),
    ...(machines.length === 0 ? [] : [`on ${machines.join(', ')}`]),
  ];
  return new UsageError({
    seen: `The run ${run.id} found nothing ${wish.join(' ')}.`,
    matters: `What it found is on ${places.join(', ')}.${isDeep ? '' : ' Each version of TLS by itself, and second certificates, were not asked for.'}`,
    todo: `Plan what was found (uccert plan)${isDeep ? '' : ', or ask for more first: uccert trust --deep'}.`,
  });
}

function nothingToPlan(run: Run, found: number, notCovered: Plan['notCovered']): UsageError {
  if (found === 0) {
    return new UsageError({
      seen: `The run ${run.id} found no fault.`,
      matters: 'There is nothing to put right.',
      todo: 'Scan again if you expected one; trust between machines is looked at by uccert trust.',
    });
  }
  return new UsageError({
    seen: `None of the ${String(found)} findings of ${run.id} can be planned:\n${leftOverLines(notCovered).join('\n')}`,
    matters: `A plan without steps would look like a remedy. The run tells how things stood at ${run.finishedAt}.`,
    todo: 'Where they stand otherwise by now, take a new run first: uccert trust, then uccert plan. Else do by hand what the lines say.',
  });
}
