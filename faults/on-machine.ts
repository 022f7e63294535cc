import type { Observation } from '#model/observation.ts';
import type { CertificateBook } from '#x509/book.ts';
import { readCertificationRequest, type CertificationRequest } from '#x509/certification-request.ts';
import type { FileEvidence, KnownStore } from './define-fault.ts';

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
export function storeOnMachine(observations: readonly Observation[], book: CertificateBook): KnownStore | null {
  const listed = observations.flatMap((observation) =>
    observation.kind === 'trust-store' &&
    observation.outcome === 'recorded' &&
    observation.place.store === 'tomcat-trust'
      ? [{ place: observation.place, entries: observation.value.entries }]
      : [],
  );
  const [first] = listed;
  if (first === undefined) return null;
  return {
    title: `${first.place.store} of ${first.place.machine}`,
    certificates: book.readable(listed.flatMap(({ entries }) => entries.map(({ certificate }) => certificate))),
  };
}
