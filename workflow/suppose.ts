import { createHash } from 'node:crypto';
import { UsageError } from '#model/errors.ts';
import type { Observation } from '#model/observation.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import type { Machine } from '#model/inventory.ts';
import { listenersOn, productOf, storesOn } from '#products/index.ts';
import { CertificateBook } from '#x509/book.ts';
import { isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import type { Assumption } from './assumption.ts';
import { judgeAgain } from './make-run.ts';

/** The run as it would be if the assumptions held, judged by the same faults: nobody is asked anything. */
export function suppose(run: Run, assumptions: readonly Assumption[], at: Date): Run {
  const supposed = judgeAgain(assumptions.reduce(assume, run), at);
  return {
    ...supposed,
    // Nothing can be planned from what is only supposed, so nothing is offered.
    catalogue: supposed.catalogue.map((entry) => ({ ...entry, remediations: [] })),
    supposed: assumptions.map(({ words }) => words),
  };
}

function assume(run: Run, assumption: Assumption): Run {
  switch (assumption.supposes) {
    case 'another certificate':
      return present(run, assumption);
    case 'more trust':
      return withStore(withCertificates(run, assumption.certificates), assumption, (entries) => [
        ...entries,
        ...assumption.certificates.map(({ sha256 }) => ({ name: 'supposed', certificate: sha256 })),
      ]);
    case 'less trust': {
      const gone = new Set<Sha256>();
      const without = withStore(run, assumption, (entries) => {
        const left = entries.filter(({ name }) => name !== assumption.entry);
        if (left.length === entries.length) throw notHeld(assumption, entries);
        for (const { name, certificate } of entries) if (name === assumption.entry) gone.add(certificate);
        return left;
      });
      return sendingWithout(without, assumption, gone);
    }
    case 'a client with more trust': {
      const { client, certificates } = assumption;
      const clients = run.inventory.clients.map((one) =>
        one.id === client ? { ...one, anchors: [...one.anchors, ...digestsOf(certificates)] } : one,
      );
      return withCertificates({ ...run, inventory: { ...run.inventory, clients } }, certificates);
    }
  }
}

/** Every port that presents the identity sends another list; its store holds it. What was asked of variants no longer counts. */
function present(run: Run, { machine: id, identity, list }: Assumption & { supposes: 'another certificate' }): Run {
  const machine = run.inventory.machines.find((one) => one.id === id);
  const ports = new Set(
    machine === undefined
      ? []
      : listenersOn(machine)
          .filter(({ presents }) => presents === identity)
          .map(({ port }) => port),
  );
  const sent = digestsOf(list.length === 1 && isOnVos(machine) ? withIssuers(list, machine, run) : list);
  const isOfPort = ({ place }: Observation): boolean =>
    place.at === 'endpoint' && place.machine === id && ports.has(place.port);
  const observations = run.observations
    .filter((observation) => !(observation.kind === 'tls-variants' && isOfPort(observation)))
    .map((observation): Observation => {
      if (observation.outcome !== 'recorded') return observation;
      if (observation.kind === 'certificate-list' && isOfPort(observation)) {
        return { ...observation, value: { ...observation.value, certificates: sent } };
      }
      const { place } = observation;
      if (place.at === 'store' && place.machine === id && place.store === identity) return held(observation, list);
      return observation;
    });
  return withCertificates({ ...run, observations }, list);
}

function isOnVos(machine: Machine | undefined): machine is Machine {
  return machine !== undefined && productOf(machine.type).platform === 'vos';
}

/** Whether the store goes with an identity that ports present. */
function isSentFrom(store: string, machine: Machine): boolean {
  return storesOn(machine).some(({ trust }) => trust === store);
}

/** A VOS machine is given its certificate alone, and sends after it the intermediates that its trust store holds; the root is not sent. */
function withIssuers(list: readonly Certificate[], machine: Machine, run: Run): readonly Certificate[] {
  const [own] = list;
  const book = new CertificateBook(run.certificates);
  const stores = run.observations.flatMap((observation) =>
    observation.kind === 'trust-store' &&
    observation.outcome === 'recorded' &&
    observation.place.machine === machine.id &&
    isSentFrom(observation.place.store, machine)
      ? observation.value.entries
      : [],
  );
  const held = book.readable(stores.map(({ certificate }) => certificate));
  return own === undefined ? list : buildPath(own, held, []).path.filter((each) => each === own || !isSelfSigned(each));
}

/** What a VOS machine sends after its certificate comes from its trust store: what is taken out there is not sent any more. */
function sendingWithout(
  run: Run,
  { machine: id, store }: { readonly machine: MachineId; readonly store: string },
  gone: ReadonlySet<Sha256>,
): Run {
  const machine = run.inventory.machines.find((one) => one.id === id);
  if (!isOnVos(machine) || !isSentFrom(store, machine)) return run;
  const observations = run.observations.map((observation): Observation => {
    if (observation.kind !== 'certificate-list' || observation.outcome !== 'recorded') return observation;
    if (observation.place.machine !== id) return observation;
    const [own, ...issuers] = observation.value.certificates;
    const first = issuers.findIndex((digest) => gone.has(digest));
    if (own === undefined || first === -1) return observation;
    return { ...observation, value: { ...observation.value, certificates: [own, ...issuers.slice(0, first)] } };
  });
  return { ...run, observations };
}

/** The store that the ports present from holds the list, and Windows has it bound. */
function held(observation: Recorded, [own, ...issuers]: readonly Certificate[]): Observation {
  if (own === undefined) return observation;
  switch (observation.kind) {
    case 'identity-store': {
      const value = { ...observation.value, certificate: own.sha256, issuers: digestsOf(issuers) };
      return { ...observation, value };
    }
    case 'binding': {
      const thumbprint = createHash('sha1').update(own.der).digest('hex');
      const noted = observation.value.noted === null ? null : thumbprint;
      return { ...observation, value: { ...observation.value, thumbprint, certificate: own.sha256, noted } };
    }
    default:
      return observation;
  }
}

type Recorded = Extract<Observation, { outcome: 'recorded' }>;

function notHeld(
  { machine, store, entry }: Assumption & { supposes: 'less trust' },
  entries: readonly Entry[],
): UsageError {
  return new UsageError({
    seen: `${store} of ${machine} holds no entry ${entry}.`,
    matters: 'Taking away what is not there would change nothing.',
    todo: `It holds ${entries.map(({ name }) => name).join(', ') || 'nothing'}.`,
  });
}

type Entry = Extract<Observation, { kind: 'trust-store'; outcome: 'recorded' }>['value']['entries'][number];

function withStore(
  run: Run,
  { machine, store }: { readonly machine: MachineId; readonly store: string },
  change: (entries: readonly Entry[]) => Entry[],
): Run {
  const observations = run.observations.map((observation): Observation => {
    const { place } = observation;
    if (observation.kind !== 'trust-store' || observation.outcome !== 'recorded') return observation;
    if (place.machine !== machine || observation.place.store !== store) return observation;
    return { ...observation, value: { ...observation.value, entries: change(observation.value.entries) } };
  });
  return { ...run, observations };
}

function withCertificates(run: Run, certificates: readonly Certificate[]): Run {
  const added = certificates.map(({ sha256, der }) => [sha256, Buffer.from(der).toString('base64')] as const);
  return { ...run, certificates: { ...run.certificates, ...Object.fromEntries(added) } };
}

function digestsOf(certificates: readonly Certificate[]): Sha256[] {
  return certificates.map(({ sha256 }) => sha256);
}
