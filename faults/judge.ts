import { subjectTitle, type Finding, type Missing, type Subject, type Verdict } from '#model/finding.ts';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import type { BrowserView } from '#model/browser-view.ts';
import { messageOf } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { EndpointPlace, Observation, ObservationKind, Observed, Variant } from '#model/observation.ts';
import { CertificateBook } from '#x509/book.ts';
import { isReadable, type Certificate, type Malformed } from '#x509/certificate.ts';
import { closedBecause, listenersOf, productOf } from '#products/index.ts';
import type { Listener } from '#products/product.ts';
import { isInRange, rangeTitle } from '#products/release.ts';
import { relations } from '#products/relations.ts';
import { predictChrome } from './chrome.ts';
import {
  absent,
  evidenceOf,
  inconclusive,
  notApplicable,
  type ClientTrust,
  type Context,
  type Endpoint,
  type Fault,
  type Presented,
  type Presenter,
  type VariantsSeen,
} from './define-fault.ts';
import { filesOf, type JudgedFile, type Obtained, type Presentation } from './files.ts';

/** What a judgement is made from: nothing else is looked at. */
export interface Case {
  readonly faults: readonly Fault[];
  readonly inventory: InventorySnapshot;
  /** SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<string, string>>;
  readonly observations: readonly Observation[];
  readonly judgedAt: Date;
}

/** Judges every fault at every subject of its sort. Pure: the same case gives the same findings, in the same order. */
export function judge(the: Case): Finding[] {
  const scene = new Scene(the);
  return the.faults.flatMap((fault) => judgeFault(fault, scene));
}

/** What Chrome is predicted to make of the ports that people open, through the eyes of every client that opens them. */
export function browserViews(the: Omit<Case, 'faults'>): BrowserView[] {
  if (the.inventory.clients.length === 0) return [];
  const scene = new Scene(the);
  return scene.endpoints
    .filter(({ listener }) => listener === null || listener.page !== undefined)
    .flatMap((endpoint) => {
      const presented = scene.presented(endpoint);
      if ('missing' in presented) return [];
      const { machine, port, address, serverName } = endpoint.place;
      return scene.clientsOf(endpoint).map((client): BrowserView => {
        const visit = { host: endpoint.host, presented: presented.value, client, now: scene.context.now };
        return { machine, port, address, serverName, client: client.id, chrome: predictChrome(visit) };
      });
    });
}

function judgeFault(fault: Fault, scene: Scene): Finding[] {
  const inScope = scopeOf(fault);
  const finding = (subject: Subject, machine: Machine, decide: () => Verdict): Finding => ({
    fault: fault.id,
    subject,
    verdict: inScope(machine) ?? guarded(subject, fault, decide),
  });

  const ofFiles = (decide: (presentation: Presentation) => Verdict): Finding[] =>
    scene.files.flatMap(({ machine, presentations }) =>
      presentations.map((presentation) => finding(presentation.subject, machine, () => decide(presentation))),
    );

  switch (fault.judges) {
    case 'connection':
      return scene.endpoints.map((endpoint) =>
        finding(scene.subjectOf(endpoint), endpoint.machine, () => {
          const connection = scene.obtain('connection', endpoint.place);
          if ('missing' in connection) return inconclusive(connection.missing);
          return (
            scene.closedAsDocumented(endpoint) ??
            fault.detect({ endpoint, connection: connection.value }, scene.context)
          );
        }),
      );
    case 'certificate-list':
      return [
        ...scene.endpoints.map((endpoint) =>
          finding(scene.subjectOf(endpoint), endpoint.machine, () =>
            forEachList(scene, endpoint, (list) => {
              if ('missing' in list) return inconclusive(list.missing);
              return fault.detect({ endpoint, list: list.value }, scene.context);
            }),
          ),
        ),
        ...ofFiles(({ endpoint, list }) =>
          'missing' in list ? inconclusive(list.missing) : fault.detect({ endpoint, list: list.value }, scene.context),
        ),
      ];
    case 'presented':
      return [
        ...scene.endpoints.map((endpoint) =>
          finding(scene.subjectOf(endpoint), endpoint.machine, () =>
            forEachList(scene, endpoint, (list) => {
              const presented = presentedIn(list, endpoint.place);
              if ('missing' in presented) return inconclusive(presented.missing);
              return fault.detect(
                { endpoint, presented: presented.value, clients: scene.clientsOf(endpoint), ...scene.solution },
                scene.context,
              );
            }),
          ),
        ),
        ...ofFiles(({ endpoint, presented }) =>
          'missing' in presented
            ? inconclusive(presented.missing)
            : fault.detect(
                { endpoint, presented: presented.value, clients: scene.clientsOf(endpoint), ...scene.solution },
                scene.context,
              ),
        ),
      ];
    case 'client':
      return [
        ...scene.endpoints.flatMap((endpoint) => {
          const clients = scene.clientsOf(endpoint);
          return clients.map((client) =>
            finding(scene.subjectOf(endpoint, client), endpoint.machine, () =>
              forEachList(scene, endpoint, (list) => {
                const presented = presentedIn(list, endpoint.place);
                if ('missing' in presented) return inconclusive(presented.missing);
                const otherClients = clients.filter((other) => other !== client);
                return fault.detect(
                  { endpoint, presented: presented.value, client, otherClients, known: scene.book.all() },
                  scene.context,
                );
              }),
            ),
          );
        }),
        ...scene.files.flatMap(({ machine, presentations }) =>
          presentations.flatMap(({ subject, endpoint, presented }) => {
            const clients = scene.clientsOf(endpoint);
            return clients.map((client) =>
              finding({ ...subject, client: client.id }, machine, () => {
                if ('missing' in presented) return inconclusive(presented.missing);
                const otherClients = clients.filter((other) => other !== client);
                // The list is the path already, made of every file given.
                const known = presented.value.list.filter(isReadable);
                return fault.detect(
                  { endpoint, presented: presented.value, client, otherClients, known },
                  scene.context,
                );
              }),
            );
          }),
        ),
      ];
    case 'machine':
      return scene.machinesWithSharedIdentity().map(({ machine, endpoints }) =>
        finding({ scope: 'machine', machine: machine.id }, machine, () => {
          const ports: (Presented & { endpoint: Endpoint })[] = [];
          const missing: Missing[] = [];
          for (const endpoint of endpoints) {
            for (const list of scene.lists(endpoint)) {
              const presented = presentedIn(list, endpoint.place);
              if ('value' in presented) ports.push({ ...presented.value, endpoint });
              else if (scene.closedAsDocumented(endpoint) === null) missing.push(presented.missing);
            }
          }
          const verdict = fault.detect({ machine, ports }, scene.context);
          const [first, ...others] = missing;
          // A difference seen stays seen; only "no difference" needs every port.
          return verdict.status === 'present' || first === undefined ? verdict : inconclusive(first, ...others);
        }),
      );
    case 'client-certificate':
      return scene.endpoints.map((endpoint) =>
        finding(scene.subjectOf(endpoint), endpoint.machine, () => {
          const asked = scene.obtain('client-certificate', endpoint.place);
          if ('missing' in asked) return scene.closedAsDocumented(endpoint) ?? inconclusive(asked.missing);
          return fault.detect({ endpoint, clientCertificate: asked.value }, scene.context);
        }),
      );
    case 'name':
      return scene.names().map(({ machine, name, place }) =>
        finding({ scope: 'name', machine: machine.id, name }, machine, () => {
          const resolution = scene.obtain('name-resolution', place);
          if ('missing' in resolution) return inconclusive(resolution.missing);
          return fault.detect({ machine, name, resolution: resolution.value }, scene.context);
        }),
      );
    case 'clock':
      return scene.endpointsWithPage().map((endpoint) =>
        finding(scene.subjectOf(endpoint), endpoint.machine, () => {
          const clock = scene.obtain('clock', endpoint.place);
          const presented = scene.presented(endpoint);
          if ('missing' in presented) return scene.closedAsDocumented(endpoint) ?? inconclusive(presented.missing);
          if ('missing' in clock) return inconclusive(clock.missing);
          return fault.detect({ endpoint, clock: clock.value, presented: presented.value }, scene.context);
        }),
      );
    case 'revocation':
      return scene.endpoints.map((endpoint) =>
        finding(scene.subjectOf(endpoint), endpoint.machine, () => {
          const presented = scene.presented(endpoint);
          if ('missing' in presented) return scene.closedAsDocumented(endpoint) ?? inconclusive(presented.missing);
          const revocation = scene.obtain('revocation', endpoint.place);
          if ('missing' in revocation) return inconclusive(revocation.missing);
          return fault.detect({ endpoint, revocation: revocation.value, presented: presented.value }, scene.context);
        }),
      );
    case 'variants':
      return scene.endpoints.map((endpoint) =>
        finding(scene.subjectOf(endpoint), endpoint.machine, () => {
          const asked = scene.obtain('tls-variants', endpoint.place);
          if ('missing' in asked) return scene.closedAsDocumented(endpoint) ?? inconclusive(asked.missing);
          return fault.detect({ endpoint, variants: variantsSeen(asked.value, endpoint, scene.book) }, scene.context);
        }),
      );
    case 'trust-relation':
      return scene.links().map(({ relation, relyingParty, presenter }) =>
        finding(
          {
            scope: 'trust-relation',
            relyingParty: relyingParty.id,
            store: relation.store,
            presenter: presenter.machine.id,
          },
          relyingParty,
          () => {
            const place = { at: 'store', machine: relyingParty.id, store: relation.store } as const;
            const store = scene.obtain('trust-store', place);
            const presented = scene.presented(presenter);
            if ('missing' in presented)
              return inconclusive(presented.missing, ...('missing' in store ? [store.missing] : []));
            if ('missing' in store) return inconclusive(store.missing);
            const entries = scene.entries(store.value);
            return fault.detect(
              { relation, relyingParty, presenter, presented: presented.value, entries },
              scene.context,
            );
          },
        ),
      );
    case 'store':
      return [
        ...scene.trustStores().map(({ machine, store }) =>
          finding({ scope: 'store', machine: machine.id, store }, machine, () => {
            const listing = scene.obtain('trust-store', { at: 'store', machine: machine.id, store });
            if ('missing' in listing) return inconclusive(listing.missing);
            return fault.detect({ machine, store, entries: scene.entries(listing.value) }, scene.context);
          }),
        ),
        ...scene.files.flatMap(({ machine, path, trusted }) =>
          trusted.length === 0
            ? []
            : [
                finding({ scope: 'file', path }, machine, () =>
                  fault.detect({ machine, store: path, entries: trusted }, scene.context),
                ),
              ],
        ),
      ];
    case 'page':
      return scene
        .pages()
        .map(({ machine, listener, subject, page }) =>
          finding(subject, machine, () =>
            'missing' in page
              ? inconclusive(page.missing)
              : fault.detect({ machine, listener, page: page.value }, scene.context),
          ),
        );
    case 'file':
      return scene.files.map(({ machine, path, evidence }) =>
        finding({ scope: 'file', path }, machine, () =>
          'missing' in evidence ? inconclusive(evidence.missing) : fault.detect(evidence.value, scene.context),
        ),
      );
  }
}

type List = Obtained<readonly (Certificate | Malformed)[]>;

/** Judges every list of a port. A fault in one of them is a fault of the port; that there is none needs all of them. */
function forEachList(scene: Scene, endpoint: Endpoint, decide: (list: List) => Verdict): Verdict {
  const [usual, ...others] = scene.lists(endpoint);
  if ('missing' in usual) return scene.closedAsDocumented(endpoint) ?? decide(usual);
  const ofUsual = decide(usual);
  const verdicts = [ofUsual, ...others.map(decide)];
  const [first, ...more] = verdicts.filter((verdict) => verdict.status === 'present');
  if (first !== undefined) {
    const also = more.map(({ because }) => ({ label: 'its other certificate', value: because }));
    return { ...first, evidence: [...first.evidence, ...also] };
  }
  return verdicts.find(({ status }) => status === 'inconclusive') ?? ofUsual;
}

const presentedBy = new WeakMap<List, Obtained<Presented>>();

/** The list as detectors of the end entity certificate take it: made once, though every fault asks. */
function presentedIn(list: List, place: EndpointPlace): Obtained<Presented> {
  const known = presentedBy.get(list);
  if (known !== undefined) return known;
  const presented = presentedOf(list, place);
  presentedBy.set(list, presented);
  return presented;
}

function presentedOf(list: List, place: EndpointPlace): Obtained<Presented> {
  if ('missing' in list) return list;
  const [first, ...rest] = list.value;
  if (first !== undefined && isReadable(first)) return { value: { endEntity: first, list: [first, ...rest] } };
  const message = first === undefined ? 'the certificate_list is empty' : first.malformed;
  const failure = { reason: 'certificate-unreadable', message } as const;
  return { missing: { kind: 'certificate-list', of: placeTitle(place), failure } };
}

function variantsSeen(asked: Observed<'tls-variants'>, { place }: Endpoint, book: CertificateBook): VariantsSeen {
  const outcomes = new Map(asked.map(({ variant, outcome }) => [variant, outcome]));
  const presentedTo = (variant: Variant): Obtained<Presented> | null => {
    const outcome = outcomes.get(variant);
    if (outcome?.outcome !== 'answered') return null;
    return presentedIn({ value: outcome.certificates.map((digest) => book.get(digest)) }, place);
  };
  const missing = (variant: Variant): Missing[] => {
    const outcome = outcomes.get(variant);
    if (outcome === undefined || outcome.outcome === 'failed')
      return [{ kind: 'tls-variants', of: placeTitle(place), failure: outcome?.failure ?? 'not-probed' }];
    // Where the answer is a certificate, one that cannot be read is none.
    const presented = variant === 'rsa' || variant === 'ecdsa' ? presentedTo(variant) : null;
    return presented !== null && 'missing' in presented ? [presented.missing] : [];
  };
  return {
    of(variant) {
      const outcome = outcomes.get(variant);
      return outcome === undefined || outcome.outcome === 'failed' ? null : outcome;
    },
    absentIfSeen(...variants) {
      const [first, ...others] = variants.flatMap(missing);
      return first === undefined ? absent : inconclusive(first, ...others);
    },
    presentedTo(variant) {
      const presented = presentedTo(variant);
      return presented === null || 'missing' in presented ? null : presented.value;
    },
  };
}

/** Whether the fault is out of scope, asked once for all machines of one type and release: a fleet has thousands of them and few sorts. */
function scopeOf(fault: Fault): (machine: Machine) => Verdict | null {
  const known = new Map<string, Verdict | null>();
  return (machine) => {
    const sort = `${machine.type} ${String(machine.release)}`;
    const before = known.get(sort);
    if (before !== undefined) return before;
    const verdict = outOfScope(fault, machine);
    known.set(sort, verdict);
    return verdict;
  };
}

function outOfScope(fault: Fault, machine: Machine): Verdict | null {
  if (fault.appliesTo === undefined) return null;
  const product = productOf(machine.type);
  const rules = fault.appliesTo.filter((rule) => rule.product === product.id);
  if (rules.length === 0) return notApplicable(`the rule is not about a ${product.title}`);
  const { release } = machine;
  const ranges = rules.map((rule) => rule.releases ?? {});
  const isIn = ranges.map((range) => isInRange(release, range));
  if (isIn.includes(true)) return null;
  if (release === null) return notApplicable('the rule depends on the release, and none was given');
  if (isIn.includes(null)) return notApplicable(`the rule depends on the release, and "${release}" is none`);
  return notApplicable(`release ${release} is outside ${ranges.map(rangeTitle).join(' or ')}`);
}

/** A detector that throws is our defect, and says nothing about the machine. */
function guarded(subject: Subject, fault: Fault, decide: () => Verdict): Verdict {
  try {
    return decide();
  } catch (error) {
    const message = `${fault.id}: ${messageOf(error)}`;
    const [kind] = evidenceOf[fault.judges];
    return inconclusive({ kind, of: subjectTitle(subject), failure: { reason: 'defect-in-uccert', message } });
  }
}

function placeKey(place: Observation['place']): string {
  switch (place.at) {
    case 'endpoint':
      return `${place.machine}:${String(place.port)} ${place.address ?? ''} ${place.serverName ?? ''}`;
    case 'store':
      return `${place.store} of ${place.machine}`;
    case 'page':
      return `${place.page} at ${place.machine}:${String(place.port)} as ${place.client}`;
    case 'file':
      return place.path;
    case 'name':
      return `${place.name} of ${place.machine}`;
  }
}

function placeTitle(place: Observation['place']): string {
  return place.at === 'endpoint' ? `${place.machine}:${String(place.port)}` : placeKey(place);
}

/** The observations and the inventory, indexed. */
class Scene {
  readonly book: CertificateBook;
  readonly context: Context;
  readonly endpoints: readonly Endpoint[];
  readonly files: readonly JudgedFile[];
  readonly #inventory: InventorySnapshot;
  readonly #machines: ReadonlyMap<MachineId, Machine>;
  readonly #clients: readonly (ClientTrust & { readonly audiences: readonly string[] })[];
  readonly #observations = new Map<string, Observation>();
  readonly #byMachine: ReadonlyMap<MachineId, readonly Endpoint[]>;
  // Every fault asks the same of every port.
  readonly #subjects = new Map<ClientTrust | null, Map<Endpoint, Subject>>();
  readonly #lists = new Map<Endpoint, readonly [List, ...List[]]>();

  constructor({ inventory, certificates, observations, judgedAt }: Omit<Case, 'faults'>) {
    this.book = new CertificateBook(certificates);
    this.context = { now: judgedAt, thresholds: inventory.thresholds };
    this.#inventory = inventory;
    this.#machines = new Map(inventory.machines.map((machine) => [machine.id, machine]));
    this.#clients = inventory.clients.map(({ id, anchors, accepted, audiences, ...client }) => ({
      id,
      anchors: this.book.readable(anchors),
      accepted: new Set(accepted),
      isPublic: client.public === true,
      audiences,
    }));
    const endpoints = new Map<string, Endpoint>();
    for (const observation of observations) {
      const key = placeKey(observation.place);
      this.#observations.set(`${observation.kind} ${key}`, observation);
      if (observation.place.at === 'endpoint' && !endpoints.has(key))
        endpoints.set(key, this.#endpoint(observation.place));
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
    const listener = listenersOf(machine.type, machine.release).find(({ port }) => port === place.port) ?? null;
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
    const observation = this.#observations.get(`${kind} ${placeKey(place)}`);
    const of = placeTitle(place);
    if (observation === undefined) return { missing: { kind, of, failure: 'not-probed' } };
    if (observation.outcome === 'failed') return { missing: { kind, of, failure: observation.failure } };
    return { value: observation.value as Observed<K> };
  }

  presented({ place }: Endpoint): Obtained<Presented> {
    return presentedIn(this.#usualList(place), place);
  }

  /** Every list that a client of this server name may get, the usual one first: a port with two certificates has two. */
  lists(endpoint: Endpoint): readonly [List, ...List[]] {
    const known = this.#lists.get(endpoint);
    if (known !== undefined) return known;
    const lists = this.#allLists(endpoint);
    this.#lists.set(endpoint, lists);
    return lists;
  }

  #allLists({ place }: Endpoint): readonly [List, ...List[]] {
    const usual = this.#usualList(place);
    const variants = this.obtain('tls-variants', place);
    if ('missing' in usual || 'missing' in variants) return [usual];
    const others: List[] = [];
    const seen = new Set([usual.value[0]?.sha256]);
    for (const { variant, outcome } of variants.value) {
      if ((variant !== 'rsa' && variant !== 'ecdsa') || outcome.outcome !== 'answered') continue;
      const [first] = outcome.certificates;
      if (seen.has(first)) continue;
      seen.add(first);
      others.push({ value: outcome.certificates.map((digest) => this.book.get(digest)) });
    }
    return [usual, ...others];
  }

  #usualList(place: EndpointPlace): List {
    const list = this.obtain('certificate-list', place);
    return 'missing' in list ? list : { value: list.value.certificates.map((digest) => this.book.get(digest)) };
  }

  /** A port that documents say is normally closed, and that refused: nothing there can be at fault. */
  closedAsDocumented({ listener, machine, place }: Endpoint): Verdict | null {
    const connection = this.obtain('connection', place);
    if (listener === null || 'missing' in connection || connection.value.answer !== 'refused') return null;
    const because = closedBecause(listener, machine.release);
    return because === null ? null : notApplicable(`the port is closed: ${because}`);
  }

  /** The clients that open a port: every one where no document names an audience. */
  clientsOf({ listener }: Presenter): readonly ClientTrust[] {
    if (listener === null) return this.#clients;
    return this.#clients.filter((client) => listener.audiences.some((audience) => client.audiences.includes(audience)));
  }

  /** What the inventory says of all machines together. */
  get solution(): Pick<InventorySnapshot, 'machines' | 'deployment'> {
    const { machines, deployment } = this.#inventory;
    return { machines, deployment };
  }

  machinesWithSharedIdentity(): { machine: Machine; endpoints: Endpoint[] }[] {
    return this.#inventory.machines
      .map((machine) => ({
        machine,
        endpoints: (this.#byMachine.get(machine.id) ?? []).filter(
          ({ listener }) => listener !== null && listener.presents !== null,
        ),
      }))
      .filter(({ endpoints }) => endpoints.length > 1);
  }

  /** The documented trust stores of every machine of the inventory. */
  trustStores(): { machine: Machine; store: string }[] {
    // A check of files asks nothing of the machines that they are meant for.
    const isAsked = [...this.#observations.values()].some(({ kind }) => kind !== 'certificate-file');
    if (this.files.length > 0 && !isAsked) return [];
    return this.#inventory.machines.flatMap((machine) =>
      // Several identities may share one trust store.
      [...new Set(productOf(machine.type).stores.map(({ trust }) => trust))].map((store) => ({ machine, store })),
    );
  }

  entries(listing: Observed<'trust-store'>): { name: string; certificate: Certificate | Malformed }[] {
    return listing.entries.map(({ name, certificate }) => ({ name, certificate: this.book.get(certificate) }));
  }

  /** Every documented link between two machines of the inventory. */
  links(): { relation: (typeof relations)[number]; relyingParty: Machine; presenter: Endpoint }[] {
    return relations.flatMap((relation) =>
      this.#inventory.machines
        .filter((machine) => relation.relyingParty.includes(machine.type))
        .flatMap((relyingParty) =>
          this.#inventory.machines
            .filter((machine) => relation.presenter.includes(machine.type) && machine !== relyingParty)
            .map((presenter) => ({ relation, relyingParty, presenter: this.#portOf(presenter, relation.port) })),
        ),
    );
  }

  /** The port as it was probed. Of several addresses the first by its text, so that the order of looking does not decide. */
  #probed(machine: MachineId, port: number): Endpoint | undefined {
    return (this.#byMachine.get(machine) ?? [])
      .filter(({ place }) => place.port === port)
      .sort((a, b) => (placeKey(a.place) < placeKey(b.place) ? -1 : 1))[0];
  }

  #portOf(machine: Machine, port: number): Endpoint {
    return (
      this.#probed(machine.id, port) ??
      this.#endpoint({ at: 'endpoint', machine: machine.id, port, address: machine.address, serverName: machine.fqdn })
    );
  }

  /** The names that were looked up. */
  names(): { machine: Machine; name: string; place: Observation['place'] }[] {
    return [...this.#observations.values()].flatMap(({ place }) =>
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
    subject: Subject;
    page: Obtained<Observed<'browser-page'>>;
  }[] {
    return [...this.#observations.values()].flatMap(({ place }) => {
      if (place.at !== 'page') return [];
      const machine = this.#machine(place.machine);
      const listener = listenersOf(machine.type, machine.release).find(({ port }) => port === place.port) ?? null;
      const subject: Subject = {
        scope: 'endpoint',
        machine: place.machine,
        port: place.port,
        // The port was probed too: page and probe are about one subject.
        address: this.#probed(place.machine, place.port)?.place.address ?? null,
        serverName: machine.fqdn,
        client: place.client,
      };
      return [{ machine, listener, subject, page: this.obtain('browser-page', place) }];
    });
  }
}
