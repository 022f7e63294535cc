import type { Machine } from '#model/inventory.ts';
import type { Finding, Subject } from '#model/finding.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation, ObservationKind } from '#model/observation.ts';
import { sha256 } from '#model/digest.ts';
import type { FaultId } from '#faults/index.ts';
import type { Inventory } from '#inventory/load.ts';
import { certificateUnitsOf } from '#products/certificate-units.ts';
import { listenersOn, storesOn } from '#products/index.ts';
import { isProbed, linksAmong, type Link } from '#products/links.ts';
import type { PlanningFacts } from '#remediations/define-remediation.ts';
import { CertificateBook } from '#x509/book.ts';
import { isReadable } from '#x509/certificate.ts';

/** What planning rests on besides the inventory. */
export interface Seen {
  readonly observations: readonly Observation[];
  /** SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<string, string>>;
  /** What was judged of them. */
  readonly findings: readonly Finding[];
  readonly judgedAt: Date;
  readonly restart: PlanningFacts['restart'];
}

/** What remediations ask when they plan. */
export function planningFacts(seen: Seen, inventory: Inventory): PlanningFacts {
  const { snapshot } = inventory;
  const { observations } = seen;
  const book = new CertificateBook(seen.certificates);
  const recorded = <K extends ObservationKind>(kind: K) =>
    observations.filter(
      (observation): observation is Extract<Observation, { kind: K; outcome: 'recorded' }> =>
        observation.kind === kind && observation.outcome === 'recorded',
    );
  const machine = (id: MachineId): Machine => {
    const found = snapshot.machines.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`the inventory lacks ${id}`);
    return found;
  };
  const identity = (id: MachineId, unit: string): Sha256 | null =>
    recorded('identity-store').find(({ place, value }) => place.machine === id && value.unit === unit)?.value
      .certificate ?? null;
  const openPorts = (id: MachineId): readonly number[] => {
    const open = recorded('connection').flatMap(({ place, value }) =>
      value.answer === 'tls' && place.machine === id ? [place.port] : [],
    );
    return [...new Set(open)].sort((a, b) => a - b);
  };
  const trustByClients = seen.findings.filter(isTrustByClient);
  return {
    inventory: snapshot,
    restart: seen.restart,
    judgedAt: seen.judgedAt,
    machine,
    certificate(digest) {
      if (seen.certificates[digest] === undefined) return null;
      const certificate = book.get(digest);
      return isReadable(certificate) ? certificate : null;
    },
    identity,
    unitOf(id, digest) {
      const own = machine(id);
      const units = certificateUnitsOf(own.type, own.release ?? '').map(({ name }) => name);
      const known = [...units, ...storesOn(own).map((store) => store.identity)];
      return known.find((unit) => identity(id, unit) === digest) ?? null;
    },
    binding: (id, unit) =>
      recorded('binding').find(({ place }) => place.machine === id && place.store === unit)?.value ?? null,
    request(id, unit) {
      const waiting = recorded('pending-request').find(({ place }) => place.machine === id && place.store === unit)
        ?.value.request;
      return waiting == null ? null : sha256(Buffer.from(waiting, 'base64'));
    },
    trusted(id, store) {
      const held = recorded('trust-store').find(({ place }) => place.machine === id && place.store === store);
      return held === undefined ? null : held.value.entries.map(({ certificate }) => certificate);
    },
    entriesOf: (id, store, certificate) =>
      recorded('trust-store')
        .filter(({ place }) => place.machine === id && place.store === store)
        .flatMap(({ value }) => value.entries.filter((entry) => entry.certificate === certificate))
        .map(({ name }) => name),
    keysOf: (id, store) =>
      recorded('key-store')
        .filter(({ place }) => place.machine === id && place.store === store)
        .flatMap(({ value }) => value.parts)
        .flatMap((part) => (part.holds === 'key-entry' ? [{ alias: part.alias, chain: part.chain }] : [])),
    openPorts,
    portsPresenting(id, unit) {
      const documented = new Set(
        listenersOn(machine(id))
          // Of its two certificates a machine presents one at the same ports.
          .filter(({ presents }) => presents === unit || `${String(presents)}-ECDSA` === unit)
          .map(({ port }) => port),
      );
      return openPorts(id).filter((port) => documented.has(port));
    },
    presented: (id, port) =>
      recorded('certificate-list').find(({ place }) => place.machine === id && place.port === port)?.value
        .certificates[0] ?? null,
    protocol: (id, port) =>
      recorded('tls-handshake').find(({ place }) => place.machine === id && place.port === port)?.value.protocol ??
      null,
    // What a port does not show is another certificate than that of the web server, which plans renew.
    reliedOnBy: (id) => linksTo(machine(id), inventory).filter(isProbed),
    trustedBy: (id) => [
      ...new Set(trustByClients.flatMap(({ subject }) => (subject.machine === id ? (subject.client ?? []) : []))),
    ],
    clientTrust(id, port) {
      const ofPort = trustByClients.filter(({ subject }) => subject.machine === id && subject.port === port);
      // That nobody at all accepts a self-signed certificate is another fault than that one profile does not.
      const accepted = ofPort.length === 0 ? [] : seen.findings.filter((finding) => isAccepted(finding, id, port));
      return [...ofPort, ...accepted].map(({ fault, subject }) => ({ fault, subject }));
    },
    acceptedFile: (client) => inventory.acceptedFiles.get(client) ?? null,
    authorityOf: ({ authority }) => snapshot.authorities?.find(({ id }) => id === authority) ?? null,
  };
}

type TrustByClient = Finding & { readonly subject: Extract<Subject, { scope: 'endpoint' }> };

/** Whether a finding says that people of a client profile meet a certificate that they trust. */
function isTrustByClient(finding: Finding): finding is TrustByClient {
  const { fault, subject, verdict } = finding;
  const isMeant = fault === ('untrusted-issuer' satisfies FaultId) && subject.scope === 'endpoint';
  return isMeant && subject.client !== undefined && verdict.status === 'absent';
}

function isAccepted({ fault, subject, verdict }: Finding, machine: MachineId, port: number): boolean {
  const isMeant = fault === ('self-signed-certificate' satisfies FaultId) && subject.scope === 'endpoint';
  return isMeant && subject.machine === machine && subject.port === port && verdict.status === 'absent';
}

/** Documented links to a presenter. */
export function linksTo(presenter: Machine, { snapshot }: Inventory): readonly Link<Machine>[] {
  const { machines, secured = [] } = snapshot;
  return linksAmong(machines, secured, ({ ports }) => ports).filter((link) => link.presenter.id === presenter.id);
}
