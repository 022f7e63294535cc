import { messageOf } from '#model/errors.ts';
import type { Subject, Verdict } from '#model/finding.ts';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import type { Audience, MachineId, Sha256 } from '#model/names.ts';
import type { EndpointPlace, Observation, ObservationKind, Observed, StorePlace } from '#model/observation.ts';
import { CertificateBook } from '#x509/book.ts';
import { isReadable, type Certificate } from '#x509/certificate.ts';
import { closedBecause, listenersOn, storesOn } from '#products/index.ts';
import type { IdentityStore, Listener } from '#products/product.ts';
import type { Behind } from './behind-page.ts';
import {
  inconclusive,
  notApplicable,
  type ClientTrust,
  type Context,
  type Endpoint,
  type Fault,
  type Presented,
  type Presenter,
  type TrustEntry,
} from './define-fault.ts';
import { filesOf, type JudgedFile } from './files.ts';
import type { Obtained } from './obtained.ts';
import { placeKey, placeTitle } from './place.ts';
import { presentedIn, Sorts, type List, type Sighting } from './sighting.ts';

/** What a judgement is made from: nothing else is looked at. */
export interface Case {
  readonly faults: readonly Fault[];
  readonly inventory: InventorySnapshot;
  /** SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<string, string>>;
  readonly observations: readonly Observation[];
  readonly judgedAt: Date;
}

/** What scripts of UCCX call, no PC opens. */
const audiencesOfScripts: readonly Audience[] = ['machines'];

/** The observations and the inventory, indexed. */
export class Scene {
  readonly book: CertificateBook;
  readonly context: Context;
  readonly endpoints: readonly Endpoint[];
  readonly files: readonly JudgedFile[];
  readonly observations: readonly Observation[];
  readonly inventory: InventorySnapshot;
  readonly #machines: ReadonlyMap<MachineId, Machine>;
  readonly #clients: readonly (ClientTrust & { readonly audiences: readonly string[] })[];
  readonly #observations = new Map<string, Map<ObservationKind, Observation>>();
  // The same few places are asked for by every fault.
  readonly #places = new Map<Observation['place'], Map<ObservationKind, Observation>>();
  readonly #byMachine: ReadonlyMap<MachineId, readonly Endpoint[]>;
  // Every fault asks the same of every port.
  readonly #subjects = new Map<ClientTrust | null, Map<Endpoint, Subject>>();
  #sightings: readonly Sighting[] | null = null;
  readonly #sorts = new Sorts();
  readonly #sameLists = new Map<string, List>();
  readonly #clientsOf = new Map<readonly Audience[], readonly ClientTrust[]>();
  readonly #presented = new Map<List, Obtained<Presented>>();

  constructor({ inventory, certificates, observations, judgedAt }: Omit<Case, 'faults'>) {
    this.book = new CertificateBook(certificates);
    this.observations = observations;
    this.context = { now: judgedAt, thresholds: inventory.thresholds };
    this.inventory = inventory;
    this.#machines = new Map(inventory.machines.map((machine) => [machine.id, machine]));
    this.#clients = inventory.clients.map(({ id, anchors, accepted, audiences, ...client }) => ({
      id,
      anchors: this.book.readable(anchors),
      accepted: new Set(accepted),
      isPublic: client.public === true,
      unread:
        client.unread === undefined
          ? null
          : { kind: 'trust-store', of: `the browser of ${id}`, failure: client.unread },
      browser: client.browser,
      audiences,
    }));
    const endpoints = new Map<object, Endpoint>();
    for (const observation of observations) {
      const { kind, place } = observation;
      const seen = this.#seenAt(place);
      if (place.at === 'endpoint' && !endpoints.has(seen)) endpoints.set(seen, this.#endpoint(place));
      seen.set(kind, observation);
    }
    this.endpoints = [...endpoints.values()];
    this.#byMachine = Map.groupBy(this.endpoints, ({ place }) => place.machine);
    this.files = filesOf(observations, this.book, (id) => this.#machine(id));
  }

  #machine(id: MachineId): Machine {
    const machine = this.#machines.get(id);
    if (machine === undefined) throw new Error(`the run observed ${id}, which its inventory lacks`);
    return machine;
  }

  #endpoint(place: EndpointPlace): Endpoint {
    const machine = this.#machine(place.machine);
    const listener = listenersOn(machine).find(({ port }) => port === place.port) ?? null;
    const host = place.serverName ?? machine.fqdn ?? place.address ?? machine.id;
    return { machine, listener, place, host, title: placeTitle(place) };
  }

  /** The port, or the port as a client sees it, as what findings are about. */
  subjectOf(endpoint: Endpoint, client: ClientTrust | null = null): Subject {
    const subjects = this.#subjects.get(client) ?? new Map<Endpoint, Subject>();
    this.#subjects.set(client, subjects);
    const known = subjects.get(endpoint);
    if (known !== undefined) return known;
    const { machine, port, address, serverName } = endpoint.place;
    const seenBy = client === null ? {} : { client: client.id };
    const subject: Subject = { scope: 'endpoint', machine, port, address, serverName, ...seenBy };
    subjects.set(endpoint, subject);
    return subject;
  }

  obtain<K extends ObservationKind>(kind: K, place: Observation['place']): Obtained<Observed<K>> {
    const observation = this.#seenAt(place).get(kind);
    if (observation?.outcome === 'recorded') return { value: observation.value as Observed<K> };
    return { missing: { kind, of: placeTitle(place), failure: observation?.failure ?? 'not-probed' } };
  }

  #seenAt(place: Observation['place']): Map<ObservationKind, Observation> {
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    const key = placeKey(place);
    const seen = this.#observations.get(key) ?? new Map<ObservationKind, Observation>();
    this.#observations.set(key, seen);
    this.#places.set(place, seen);
    return seen;
  }

  /** What was seen of this kind, each place once. */
  #seen(kind: ObservationKind): Observation[] {
    return [...this.#observations.values()].flatMap((seen) => seen.get(kind) ?? []);
  }

  presented({ place }: Endpoint): Obtained<Presented> {
    return this.presentedIn(this.#usualList(place), place);
  }

  /** One of the lists of a port, likewise. */
  presentedIn(list: List, place: EndpointPlace): Obtained<Presented> {
    const known = this.#presented.get(list);
    if (known !== undefined) return known;
    const presented = presentedIn(list, place);
    // Why there is none names the port.
    if ('value' in presented) this.#presented.set(list, presented);
    return presented;
  }

  /** The ports, with what they present. */
  get sightings(): readonly Sighting[] {
    this.#sightings ??= this.endpoints.map((endpoint) => {
      const subject = this.subjectOf(endpoint);
      const lists = this.#lists(endpoint);
      const [usual] = lists;
      const unseen = 'missing' in usual ? (this.closedAsDocumented(endpoint) ?? inconclusive(usual.missing)) : null;
      const sighting = { endpoint, subject, lists, clients: this.clientsOf(endpoint), unseen };
      return { ...sighting, sort: this.#sorts.of(sighting) };
    });
    return this.#sightings;
  }

  #lists({ place }: Endpoint): Sighting['lists'] {
    const usual = this.#usualList(place);
    // Most ports are asked once, and every port is asked for here.
    if ('missing' in usual || !this.#seenAt(place).has('tls-variants')) return [usual];
    const variants = this.obtain('tls-variants', place);
    if ('missing' in variants) return [usual];
    const others: List[] = [];
    const seen = new Set([usual.value[0]?.sha256]);
    for (const { variant, outcome } of variants.value) {
      if ((variant !== 'rsa' && variant !== 'ecdsa') || outcome.outcome !== 'answered') continue;
      const [first] = outcome.certificates;
      if (seen.has(first)) continue;
      seen.add(first);
      others.push(this.#listOf(outcome.certificates, place));
    }
    return [usual, ...others];
  }

  #usualList(place: EndpointPlace): List {
    const list = this.obtain('certificate-list', place);
    if ('missing' in list) return list;
    // A fleet presents the same few: what is found out about one is known of all.
    const digests = list.value.certificates.join(' ');
    const known = this.#sameLists.get(digests);
    if (known !== undefined) return known;
    const read = this.#listOf(list.value.certificates, place);
    this.#sameLists.set(digests, read);
    return read;
  }

  /** A run that lacks what it names is no reason to stop. */
  #listOf(digests: readonly Sha256[], place: EndpointPlace): List {
    try {
      return { value: digests.map((digest) => this.book.get(digest)) };
    } catch (error) {
      const failure = { reason: 'defect-in-uccert', message: messageOf(error) } as const;
      return { missing: { kind: 'certificate-list', of: placeTitle(place), failure } };
    }
  }

  /** A port that documents say is normally closed, and that refused: nothing there can be at fault. */
  closedAsDocumented({ listener, machine, place }: Endpoint): Verdict | null {
    const connection = this.obtain('connection', place);
    if (listener === null || 'missing' in connection || connection.value.answer !== 'refused') return null;
    const because = closedBecause(listener, machine.release);
    return because === null ? null : notApplicable(`the port is closed: ${because}`);
  }

  /** The clients that open a port: every one where no document names an audience. */
  clientsOf({ listener, machine }: Presenter): readonly ClientTrust[] {
    const audiences = machine.type === 'SCRIPT_TARGET' ? audiencesOfScripts : listener?.audiences;
    if (audiences === undefined) return this.#clients;
    const known = this.#clientsOf.get(audiences);
    if (known !== undefined) return known;
    const clients = this.#clients.filter((client) => audiences.some((audience) => client.audiences.includes(audience)));
    this.#clientsOf.set(audiences, clients);
    return clients;
  }

  /** What the inventory says of all machines together. */
  get solution(): Pick<InventorySnapshot, 'machines' | 'deployment'> {
    const { machines, deployment } = this.inventory;
    return { machines, deployment };
  }

  /** The machines that present one identity at several ports, with these. */
  machinesWithSharedIdentity(): { machine: Machine; sightings: readonly Sighting[] }[] {
    const sharing = this.sightings.filter(
      ({ endpoint: { listener } }) => listener !== null && listener.presents !== null,
    );
    const byMachine = Map.groupBy(sharing, ({ endpoint }) => endpoint.machine.id);
    return this.inventory.machines
      .map((machine) => ({ machine, sightings: byMachine.get(machine.id) ?? [] }))
      .filter(({ sightings }) => sightings.length > 1);
  }

  /** The trust stores of every machine of the inventory: those that documents name, and those that it lists. */
  trustStores(): { machine: Machine; store: string }[] {
    if (!this.#isAsked()) return [];
    const read = this.#seen('trust-store').flatMap(({ place }) => (place.at === 'store' ? [place] : []));
    const byMachine = Map.groupBy(read, ({ machine }) => machine);
    return this.inventory.machines.flatMap((machine) => {
      // Several identities may share one trust store; a machine may list more stores than its links rest on.
      const documented = storesOn(machine).map(({ trust }) => trust);
      const others = (byMachine.get(machine.id) ?? []).map(({ store }) => store);
      return [...new Set([...documented, ...others])].map((store) => ({ machine, store }));
    });
  }

  entries(listing: Observed<'trust-store'>): TrustEntry[] {
    return listing.entries.map((entry) => ({ ...entry, certificate: this.book.get(entry.certificate) }));
  }

  /** The documented identities of every machine, each with the ports that present it. */
  identities(): { machine: Machine; store: IdentityStore; ports: readonly Endpoint[] }[] {
    return this.inventory.machines.flatMap((machine) =>
      storesOn(machine).map((store) => ({
        machine,
        store,
        ports: (this.#byMachine.get(machine.id) ?? []).filter(
          ({ listener }) => listener !== null && listener.presents === store.identity,
        ),
      })),
    );
  }

  /** What the store of a machine holds for an identity; on VOS the ECDSA certificate has a unit of its own. */
  stored(machine: Machine, identity: string): Obtained<readonly Certificate[]> {
    const [own, ecdsa] = [identity, `${identity}-ECDSA`].map((store) =>
      this.obtain('identity-store', { at: 'store', machine: machine.id, store }),
    );
    if (own === undefined || 'missing' in own) return own ?? { value: [] };
    const held = [own.value.certificate, ecdsa !== undefined && 'value' in ecdsa ? ecdsa.value.certificate : null];
    return { value: this.book.readable(held.filter((digest) => digest !== null)) };
  }

  /** The key stores of Java that machines of the inventory are documented to use. */
  keyStores(): { machine: Machine; place: StorePlace }[] {
    if (!this.#isAsked()) return [];
    return this.inventory.machines.flatMap((machine) => {
      const kept = storesOn(machine).filter(({ keptIn }) => keptIn?.by === 'java-key-store');
      const names = [...new Set(kept.map(({ trust }) => trust))];
      return names.map((store) => ({ machine, place: { at: 'store', machine: machine.id, store } as const }));
    });
  }

  /** A check of files judges no store of a machine: what was read of it only says what the files meet there. */
  #isAsked(): boolean {
    return this.files.length === 0 || this.endpoints.length > 0;
  }

  /** The port as it was probed. Of several addresses the first by its text, so that the order of looking does not decide. */
  #probed(machine: MachineId, port: number): Endpoint | undefined {
    return (this.#byMachine.get(machine) ?? [])
      .filter(({ place }) => place.port === port)
      .sort((a, b) => (placeKey(a.place) < placeKey(b.place) ? -1 : 1))[0];
  }

  /** The port as it was probed, else as it would have been. */
  portOf(machine: Machine, port: number): Endpoint {
    return (
      this.#probed(machine.id, port) ??
      this.#endpoint({ at: 'endpoint', machine: machine.id, port, address: machine.address, serverName: machine.fqdn })
    );
  }

  /** The names that were looked up. */
  names(): { machine: Machine; name: string; place: Observation['place'] }[] {
    return this.#seen('name-resolution').flatMap(({ place }) =>
      place.at === 'name' ? [{ machine: this.#machine(place.machine), name: place.name, place }] : [],
    );
  }

  /** Ports that people open in a browser: there a web server answers. */
  endpointsWithPage(): readonly Endpoint[] {
    return this.endpoints.filter(({ listener }) => listener?.page !== undefined);
  }

  pages(): {
    machine: Machine;
    listener: Listener | null;
    subject: Extract<Subject, { scope: 'endpoint' }>;
    page: Obtained<Observed<'browser-page'>>;
    /** Where the port is normally closed, and is. */
    closed: Verdict | null;
  }[] {
    return this.#seen('browser-page').flatMap(({ place }) => {
      if (place.at !== 'page') return [];
      const machine = this.#machine(place.machine);
      const listener = listenersOn(machine).find(({ port }) => port === place.port) ?? null;
      const subject: Extract<Subject, { scope: 'endpoint' }> = {
        scope: 'endpoint',
        machine: place.machine,
        port: place.port,
        // The port was probed too: page and probe are about one subject.
        address: this.#probed(place.machine, place.port)?.place.address ?? null,
        serverName: machine.fqdn,
        client: place.client,
        page: place.page,
      };
      const closed = this.closedAsDocumented(this.portOf(machine, place.port));
      return [{ machine, listener, subject, page: this.obtain('browser-page', place), closed }];
    });
  }

  /** What a page may depend on: the other machines, and what their ports presented. */
  get behindPages(): Behind {
    return {
      machines: this.inventory.machines,
      presentedAt: (machine, port) => {
        const presented = this.presented(this.portOf(machine, port));
        return 'missing' in presented ? null : presented.value.endEntity;
      },
      certificateOf: (digest) => {
        const certificate = this.book.get(digest);
        return isReadable(certificate) ? certificate : null;
      },
    };
  }
}
