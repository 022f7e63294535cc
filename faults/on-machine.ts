import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { storesOn } from '#products/index.ts';
import type { CertificateBook } from '#x509/book.ts';
import type { Certificate } from '#x509/certificate.ts';
import { readCertificationRequest, type CertificationRequest } from '#x509/certification-request.ts';
import type { FileEvidence, WaitingRequest } from './define-fault.ts';
import type { Obtained } from './files.ts';
import type { Scene } from './scene.ts';

/** A request from the base64 of its DER. Throws an Error that says what is wrong with it. */
export function requestOf(base64: string): CertificationRequest {
  return readCertificationRequest(Buffer.from(base64, 'base64'));
}

/** The requests that wait on the machine. One is named where it is the only one that the certificates can answer. */
export function requestsOnMachine(observations: readonly Observation[], unit: string | null): FileEvidence['requests'] {
  const waiting = observations.flatMap((observation) => {
    if (observation.kind !== 'pending-request' || observation.outcome !== 'recorded') return [];
    const { machine, store } = observation.place;
    const { request } = observation.value;
    if (request === null || (unit !== null && store !== unit)) return [];
    return [{ path: `the request for ${store} on ${machine}`, request: requestOf(request) }];
  });
  return waiting.map((each) => ({ ...each, isNamed: waiting.length === 1 }));
}

/** What the machine trusts for its web server; null where that was not read. */
export function storeOnMachine(
  observations: readonly Observation[],
  book: CertificateBook,
): readonly Certificate[] | null {
  const listed = observations.flatMap((observation) =>
    observation.kind === 'trust-store' &&
    observation.outcome === 'recorded' &&
    observation.place.store === 'tomcat-trust'
      ? [observation.value.entries.map(({ certificate }) => certificate)]
      : [],
  );
  return listed.length === 0 ? null : book.readable(listed.flat());
}

/** The requests that wait for one purpose, or for every one that the machine lists. */
export function waitingOn(scene: Scene, machine: Machine, unit: string | null): Obtained<readonly WaitingRequest[]> {
  const found: WaitingRequest[] = [];
  for (const store of unit === null ? purposesOn(scene, machine) : [unit]) {
    const pending = scene.obtain('pending-request', { at: 'store', machine: machine.id, store });
    if ('missing' in pending) return pending;
    const { request } = pending.value;
    if (request !== null) found.push({ unit: store, request: requestOf(request) });
  }
  return { value: found };
}

function purposesOn({ observations }: Scene, machine: Machine): readonly string[] {
  const listed = observations.flatMap(({ kind, place }) =>
    kind === 'pending-request' && place.machine === machine.id ? [place.store] : [],
  );
  return listed.length > 0 ? listed : storesOn(machine).map(({ identity }) => identity);
}

/** The certificates that the machine has as its identities. */
export function heldBy({ observations }: Scene, machine: Machine): readonly Sha256[] {
  return observations.flatMap((observation) => {
    if (observation.kind !== 'identity-store' || observation.outcome !== 'recorded') return [];
    const { certificate } = observation.value;
    return observation.place.machine === machine.id && certificate !== null ? [certificate] : [];
  });
}
