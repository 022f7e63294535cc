import { request as requestPlain } from 'node:http';
import { request as requestSecured } from 'node:https';
import { messageOf } from '#model/errors.ts';
import type { EndpointPlace, Observation, Observed, ProbeFailure } from '#model/observation.ts';
import type { Certificate } from '#x509/certificate.ts';
import { issued } from '#x509/path.ts';
import { readRevocationList, type RevocationList } from '#x509/revocation-list.ts';
import { failureOf } from './connect.ts';

/** A longer list is cut off: those of large public authorities have a few megabytes. */
const mostBytes = 32 << 20;

type Fetched = { readonly list: RevocationList } | { readonly failure: ProbeFailure };
type Answer = Observed<'revocation'>[number];

/** Asks authorities for their revocation lists, each once. */
export class RevocationLists {
  readonly #probeMs: number;
  readonly #lists = new Map<string, Promise<Fetched>>();

  constructor({ probeMs }: { readonly probeMs: number }) {
    this.#probeMs = probeMs;
  }

  /** Records what the lists say of the certificates of a port at this time. `known`: where their issuers are looked for. */
  async record(
    place: EndpointPlace,
    certificates: readonly Certificate[],
    known: readonly Certificate[],
    now: Date,
  ): Promise<Observation> {
    const value: Answer[] = [];
    for (const certificate of certificates) {
      // A directory (ldap:) answers members of its domain only.
      const url = certificate.crlUrls.find((candidate) => /^https?:/i.test(candidate));
      if (url !== undefined)
        value.push({ certificate: certificate.sha256, url, answer: await this.#answer(url, certificate, known, now) });
    }
    return { kind: 'revocation', place, at: now.toISOString(), outcome: 'recorded', value };
  }

  async #answer(
    url: string,
    certificate: Certificate,
    known: readonly Certificate[],
    now: Date,
  ): Promise<Answer['answer']> {
    const fetching = this.#lists.get(url) ?? fetchList(url, this.#probeMs);
    this.#lists.set(url, fetching);
    const fetched = await fetching;
    if ('failure' in fetched) return { status: 'unanswered', failure: fetched.failure };
    const unusable = (answer: string): Answer['answer'] => ({
      status: 'unanswered',
      failure: { reason: 'unexpected-answer', to: url, answer },
    });
    const { list } = fetched;
    const issuers = known.filter((candidate) => issued(candidate, certificate));
    const own = await Promise.all(issuers.map((issuer) => list.isOf(issuer)));
    if (!own.includes(true)) return unusable('a list that the issuer did not sign');
    if (list.nextUpdate !== null && list.nextUpdate < now)
      return unusable(`a list that ran out at ${list.nextUpdate.toISOString()}`);
    const entry = list.entryOf(certificate);
    return entry === null
      ? { status: 'good', until: list.nextUpdate?.toISOString() ?? null }
      : { status: 'revoked', since: entry.at.toISOString(), reason: entry.reason };
  }
}

async function fetchList(url: string, probeMs: number): Promise<Fetched> {
  try {
    const bytes = await download(url, probeMs);
    return { list: readRevocationList(bytes) };
  } catch (error) {
    if (error instanceof Refused) return { failure: error.failure };
    return { failure: { reason: 'unexpected-answer', to: url, answer: `no revocation list: ${messageOf(error)}` } };
  }
}

/** Why there is no list. */
class Refused extends Error {
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

async function download(url: string, probeMs: number): Promise<Buffer> {
  const request = url.toLowerCase().startsWith('https:') ? requestSecured : requestPlain;
  return new Promise((resolve, reject) => {
    const refuse = (failure: ProbeFailure): void => reject(new Refused(failure));
    const asked = request(url, { agent: false, signal: AbortSignal.timeout(probeMs) }, (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        refuse({ reason: 'unexpected-answer', to: url, answer: `HTTP ${String(response.statusCode)}` });
        return;
      }
      const parts: Buffer[] = [];
      let received = 0;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        received += part.length;
        if (received <= mostBytes) return;
        response.destroy();
        refuse({ reason: 'limit-exceeded', limit: `${String(mostBytes)} bytes of a revocation list` });
      });
      response.on('end', () => resolve(Buffer.concat(parts)));
      response.on('error', fail);
    });
    function fail(error: NodeJS.ErrnoException): void {
      if (error.name === 'AbortError' || error.name === 'TimeoutError')
        refuse({ reason: 'timed-out', stage: 'dialogue', afterMs: probeMs });
      else refuse(failureOf(error, 'connect'));
    }
    asked.on('error', fail);
    asked.end();
  });
}
