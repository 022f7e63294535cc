import { UsageError } from '#model/errors.ts';
import { isPresent, subjectKey, subjectMachine, type PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { planDigest, planFormat, type Change, type Plan, type Step } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { faultOf } from '#faults/index.ts';
import type { Inventory } from '#inventory/load.ts';
import { listenersOf, productOf } from '#products/index.ts';
import { isProbed, linksAmong, type Link } from '#products/links.ts';
import { actionOf } from '#remediations/actions/index.ts';
import type { Draft, Group, PlanningFacts, Remediation } from '#remediations/define-remediation.ts';
import { remediations } from '#remediations/index.ts';
import { basisDigest, basisOf } from './basis.ts';
import { newId } from './run-id.ts';
import { lookAtStores } from './stores.ts';

/** Makes a plan from a run: reads the stores it needs, changes nothing. Throws `UsageError` when there is nothing to plan. */
export async function makePlan(run: Run, inventory: Inventory): Promise<Plan> {
  if (run.inventory.file === null) throw withoutInventory(run);
  if (run.supposed !== undefined) throw onlySupposed();
  const present = run.findings.filter(isPresent);
  // What verifies a plan looks at ports and stores: a page is put right by what stands behind it, and a browser says so afterwards.
  const found = present.filter((finding) => !isOfPage(finding));
  const groups = groupsOf(found, inventory);
  const machines = involved(groups, inventory);
  const stores = await lookAtStores(inventory, machines);
  const observations = [...run.observations.filter(({ place }) => place.at === 'endpoint'), ...stores.observations];
  const facts = factsOf(observations, inventory);

  const changes: Change[] = [];
  const notCovered: Plan['notCovered'] = found
    .filter((finding) => !remediations.some((remediation) => remediation.fixes.some((id) => id === finding.fault)))
    .map(({ fault, subject }) => ({
      fault,
      subject,
      because: 'no remediation of this version covers it: uccert explain shows what to do by hand',
    }));
  for (const { fault, subject } of present.filter(isOfPage)) {
    const because = 'what stands behind the page is put right; uccert browse then says whether people can work';
    notCovered.push({ fault, subject, because });
  }
  for (const group of groups) {
    const targets = group.findings.map(({ fault, subject }) => ({ fault, subject }));
    const draft = productsOf(group.remediation, group.machine)
      ? group.remediation.plan(group, facts)
      : { declined: `${group.remediation.id} does not know how on a ${productOf(group.machine.type).title}` };
    if ('declined' in draft) notCovered.push(...targets.map((target) => ({ ...target, because: draft.declined })));
    else changes.push(inFull(group, targets, draft));
  }
  alsoCleared(found, changes, notCovered);
  if (changes.length === 0) throw nothingToPlan(run, present.length, notCovered);

  const basis = basisOf(observations, machines, inventory.snapshot);
  const certificates: Record<Sha256, string> = {};
  const known: Record<string, string> = { ...run.certificates, ...stores.certificates };
  for (const digest of certificatesIn(changes)) certificates[digest] = known[digest] ?? '';
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
    certificates,
  } as const;
  return { ...plan, digest: planDigest(plan) };
}

/** A fault of a certificate that a change replaces everywhere is cleared with it: it becomes a target, to be verified like the others. */
function alsoCleared(
  found: readonly PresentFinding[],
  changes: readonly Change[],
  notCovered: Plan['notCovered'],
): void {
  for (const change of changes) {
    const replaced = new Set(
      change.steps.flatMap((step) => (step.do === 'regenerate-certificate' ? [step.replaces] : [])),
    );
    for (const { fault, subject, verdict } of found) {
      if (verdict.certificate === undefined || !replaced.has(verdict.certificate)) continue;
      const place = notCovered.findIndex(
        (other) => other.fault === fault && subjectKey(other.subject) === subjectKey(subject),
      );
      if (place < 0) continue;
      notCovered.splice(place, 1);
      change.targets.push({ fault, subject });
    }
  }
}

interface Planned extends Group {
  readonly remediation: Remediation;
}

/** Findings that one remediation clears on one machine go together: one certificate on ten ports is one change. */
function groupsOf(found: readonly PresentFinding[], inventory: Inventory): Planned[] {
  return remediations.flatMap((remediation) =>
    inventory.snapshot.machines.flatMap((machine) => {
      const findings = found.filter(
        (finding) =>
          subjectMachine(finding.subject) === machine.id && remediation.fixes.some((id) => id === finding.fault),
      );
      return findings.length === 0 ? [] : [{ remediation, machine, findings }];
    }),
  );
}

/** Every machine a plan for these groups could touch or rest on. */
function involved(groups: readonly Planned[], inventory: Inventory): Set<MachineId> {
  const machines = new Set<MachineId>();
  for (const { machine, findings } of groups) {
    machines.add(machine.id);
    for (const { relyingParty } of linksTo(machine, inventory)) machines.add(relyingParty.id);
    for (const { subject } of findings) if (subject.scope === 'trust-relation') machines.add(subject.presenter);
  }
  return machines;
}

function linksTo(presenter: Machine, { snapshot }: Inventory): readonly Link<Machine>[] {
  const { machines, secured = [] } = snapshot;
  return linksAmong(machines, secured, ({ ports }) => ports).filter((link) => link.presenter.id === presenter.id);
}

function factsOf(observations: readonly Observation[], inventory: Inventory): PlanningFacts {
  const { snapshot } = inventory;
  const machine = (id: MachineId): Machine => {
    const found = snapshot.machines.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`the inventory lacks ${id}`);
    return found;
  };
  return {
    inventory: snapshot,
    machine,
    identity(id, unit) {
      for (const observation of observations) {
        if (observation.kind !== 'identity-store' || observation.outcome !== 'recorded') continue;
        if (observation.place.machine === id && observation.value.unit === unit) return observation.value.certificate;
      }
      return null;
    },
    portsPresenting(id, unit) {
      const { type, release } = machine(id);
      const documented = new Set(
        listenersOf(type, release)
          .filter(({ presents }) => presents === unit)
          .map(({ port }) => port),
      );
      const open = observations.flatMap((observation) =>
        observation.kind === 'connection' &&
        observation.outcome === 'recorded' &&
        observation.value.answer === 'tls' &&
        observation.place.machine === id
          ? [observation.place.port]
          : [],
      );
      return [...new Set(open)].filter((port) => documented.has(port)).sort((a, b) => a - b);
    },
    presented(id, port) {
      for (const observation of observations) {
        if (observation.kind !== 'certificate-list' || observation.outcome !== 'recorded') continue;
        const { machine: seen, port: at } = observation.place;
        if (seen === id && at === port) return observation.value.certificates[0] ?? null;
      }
      return null;
    },
    // What a port does not show is another certificate than that of the web server, which plans renew.
    reliedOnBy: (id) => linksTo(machine(id), inventory).filter(isProbed),
    acceptedBy: (certificate) =>
      snapshot.clients.flatMap(({ id, accepted }) => {
        const file = inventory.acceptedFiles.get(id);
        return file !== undefined && accepted.includes(certificate) ? [{ client: id, file }] : [];
      }),
  };
}

function productsOf(remediation: Remediation, machine: Machine): boolean {
  return remediation.on.includes(productOf(machine.type).id);
}

function inFull({ remediation }: Planned, targets: Change['targets'], draft: Draft): Change {
  const noWayBack = draft.steps.some((step) => actionOf(step).undo === 'none');
  return {
    remediation: remediation.id,
    title: draft.title,
    targets,
    keeps: [...draft.keeps],
    steps: [...draft.steps],
    reversible: !noWayBack && draft.irreversible.length === 0,
    irreversible: [...draft.irreversible],
  };
}

function certificatesIn(changes: readonly Change[]): Sha256[] {
  return changes
    .flatMap(({ steps }) => steps)
    .flatMap((step: Step) =>
      'certificate' in step && step.certificate.from === 'plan' ? [step.certificate.sha256] : [],
    );
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

function nothingToPlan(run: Run, found: number, notCovered: Plan['notCovered']): UsageError {
  if (found === 0) {
    return new UsageError({
      seen: `The run ${run.id} found no fault.`,
      matters: 'There is nothing to put right.',
      todo: 'Scan again if you expected one; trust between machines is looked at by uccert trust.',
    });
  }
  const reasons = [...new Set(notCovered.map(({ fault, because }) => `  ${fault}: ${because}`))];
  return new UsageError({
    seen: `None of the ${String(found)} findings of ${run.id} can be planned:\n${reasons.join('\n')}`,
    matters: 'A plan without steps would look like a remedy.',
    todo: 'Do what the lines say, then scan and plan again.',
  });
}
