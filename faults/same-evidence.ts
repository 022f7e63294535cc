import type { Verdict } from '#model/finding.ts';
import type { Endpoint } from './define-fault.ts';

/**
 * What one fault said of evidence that many ports share: a fleet presents the same list thousands of times. A detector is pure, so where it did not ask which
 * port it judges it says the same of every other one.
 */
export class SameEvidence {
  readonly #known = new Map<object, Map<object, Verdict>>();

  /** `list` and `clients`: the same objects wherever they are the same. `decide` gets the port by a getter, which tells whether it was asked for. */
  verdict(
    list: object,
    clients: object,
    endpoint: Endpoint,
    decide: (port: { readonly endpoint: Endpoint }) => Verdict,
  ): Verdict {
    const ofList = this.#known.get(list) ?? new Map<object, Verdict>();
    const known = ofList.get(clients);
    if (known !== undefined) return known;
    const port = new Port(endpoint);
    const verdict = decide(port);
    if (!port.isAsked) this.#known.set(list, ofList.set(clients, verdict));
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
