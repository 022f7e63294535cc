import type { Subject, Verdict } from '#model/finding.ts';
import type { EndpointPlace } from '#model/observation.ts';
import { isReadable, type Certificate, type Malformed } from '#x509/certificate.ts';
import type { ClientTrust, Endpoint, Presented } from './define-fault.ts';
import type { Obtained } from './obtained.ts';
import { placeTitle } from './place.ts';

/** One list that a port sent, or why there is none. */
export type List = Obtained<readonly (Certificate | Malformed)[]>;

/** A port with what it presents, and to whom. */
export interface Sighting {
  readonly endpoint: Endpoint;
  /** The port as what findings are about. */
  readonly subject: Subject;
  /** Every list that a client of this server name may get, the usual one first: a port with two certificates has two. */
  readonly lists: readonly [List, ...List[]];
  readonly clients: readonly ClientTrust[];
  /** What is said of every certificate where the usual list was not seen: that the port is closed as documented, or why nobody knows. Null where it was. */
  readonly unseen: Verdict | null;
  /** One text for all ports that present one same list to the same clients, on machines of one type and release; null where there is another list, or none. */
  readonly sort: string | null;
}

/** The list as detectors of the end entity certificate take it. */
export function presentedIn(list: List, place: EndpointPlace): Obtained<Presented> {
  if ('missing' in list) return list;
  const [first, ...rest] = list.value;
  if (first !== undefined && isReadable(first)) return { value: { endEntity: first, list: [first, ...rest] } };
  const message = first === undefined ? 'the certificate_list is empty' : first.malformed;
  const failure = { reason: 'certificate-unreadable', message } as const;
  return { missing: { kind: 'certificate-list', of: placeTitle(place), failure } };
}

/** The sorts of ports that there are. Equal lists are one object: a number tells each from the others. */
export class Sorts {
  readonly #numbers = new Map<List, string>();
  readonly #names = new Map<Sighting['clients'], string>();
  readonly #texts = new Map<string, string>();

  of({ endpoint: { machine }, lists: [list, ...others], clients }: Omit<Sighting, 'sort'>): string | null {
    if ('missing' in list || others.length > 0) return null;
    const number = this.#numbers.get(list) ?? String(this.#numbers.size);
    this.#numbers.set(list, number);
    // Many ports are opened by the very same.
    const names = this.#names.get(clients) ?? clients.map(({ id }) => id).join(' ');
    this.#names.set(clients, names);
    const sort = `${number} ${machine.type} ${machine.release ?? ''} ${names}`;
    // One and the same text is told from others at a glance.
    const known = this.#texts.get(sort) ?? sort;
    this.#texts.set(sort, known);
    return known;
  }
}
