import type { Verdict } from '#model/finding.ts';
import type { ClientTrust, Endpoint } from './define-fault.ts';
import type { Sighting } from './sighting.ts';

/**
 * What one fault said of evidence that many ports share: a fleet presents the same list thousands of times. A detector is pure, so where it did not ask which
 * port it judges it says the same of every other one.
 */
export class SameEvidence {
  readonly #known = new Map<ClientTrust | null, Map<string, Verdict>>();

  /** What was said of a port of this sort before, as this client sees it. */
  known({ sort }: Sighting, client: ClientTrust | null): Verdict | undefined {
    return sort === null ? undefined : this.#known.get(client)?.get(sort);
  }

  /** `decide` gets the port by a getter, which tells whether it was asked for. */
  verdict(
    { endpoint, sort }: Sighting,
    client: ClientTrust | null,
    decide: (port: { readonly endpoint: Endpoint }) => Verdict,
  ): Verdict {
    const port = new Port(endpoint);
    const verdict = decide(port);
    if (port.isAsked || sort === null) return verdict;
    const ofClient = this.#known.get(client) ?? new Map<string, Verdict>();
    this.#known.set(client, ofClient.set(sort, verdict));
    return verdict;
  }
}

/** A port that knows whether anybody looked at it. */
class Port {
  isAsked = false;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  get endpoint(): Endpoint {
    this.isAsked = true;
    return this.#endpoint;
  }
}
