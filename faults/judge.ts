import type { Finding, Missing, PresentFinding, Subject, Verdict } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { subjectTitle } from '#model/subject.ts';
import type { Machine } from '#model/inventory.ts';
import { messageOf } from '#model/errors.ts';
import type { Sha256 } from '#model/names.ts';
import { isReadable } from '#x509/certificate.ts';
import {
  evidenceOf,
  inconclusive,
  type ClientTrust,
  type Endpoint,
  type Fault,
  type Presented,
} from './define-fault.ts';
import type { Presentation } from './files.ts';
import { judgeByStores } from './judge-by-stores.ts';
import { judgePages } from './judge-pages.ts';
import { knownFrom } from './known-from.ts';
import { Scene, type Case } from './scene.ts';
import type { List, Sighting } from './sighting.ts';
import { scopeOf } from './scope.ts';
import { SameEvidence } from './same-evidence.ts';
import { variantsSeen } from './variants-seen.ts';
import { heldBy, waitingOn } from './waiting.ts';

/** Judges every fault at every subject of its sort. Pure: the same case gives the same findings, in the same order. */
export function judge(the: Case): Finding[] {
  return judgeScene(the.faults, new Scene(the));
}

/** The same where the scene is there already. */
export function judgeScene(faults: readonly Fault[], scene: Scene): Finding[] {
  // What people see of a page is put down to what was found of the ports and stores behind it.
  const ofPorts = new Map(
    faults.filter(({ judges }) => judges !== 'page').map((fault) => [fault, judgeFault(fault, scene, [])] as const),
  );
  const found = [...ofPorts.values()].flatMap((findings) => findings.filter(isPresent));
  // A fleet has hundreds of thousands: room for all of them is made once.
  return new Array<Finding>().concat(...faults.map((fault) => ofPorts.get(fault) ?? judgeFault(fault, scene, found)));
}

/** What is said of one list of a port, as a client sees it or as anybody does. `port`: the evidence is put to it, so that it tells whether it was asked for. */
type OnList<Client> = (
  list: List,
  port: { readonly endpoint: Endpoint },
  sighting: Sighting,
  client: Client,
) => Verdict;

/** `found`: what pages are put down to. */
function judgeFault(fault: Fault, scene: Scene, found: readonly PresentFinding[]): Finding[] {
  const inScope = scopeOf(fault);
  const finding = (subject: Subject, machine: Machine, decide: () => Verdict): Finding => ({
    fault: fault.id,
    subject,
    verdict: inScope(machine) ?? guarded(subject, fault, decide),
  });

  const same = new SameEvidence();
  const ofPort = <Client extends ClientTrust | null>(
    sighting: Sighting,
    client: Client,
    subject: Subject,
    decide: OnList<Client>,
  ): Finding => {
    const known = same.known(sighting, client);
    if (known !== undefined) return { fault: fault.id, subject, verdict: known };
    return finding(
      subject,
      sighting.endpoint.machine,
      () =>
        sighting.unseen ??
        same.verdict(sighting, client, (port) =>
          forEachList(sighting.lists, (list) => decide(list, port, sighting, client)),
        ),
    );
  };
  const ofPorts = (decide: OnList<null>): Finding[] =>
    scene.sightings.map((sighting) => ofPort(sighting, null, sighting.subject, decide));
  const ofClients = (decide: OnList<ClientTrust>): Finding[] =>
    scene.sightings.flatMap((sighting) =>
      sighting.clients.map((client) => ofPort(sighting, client, scene.subjectOf(sighting.endpoint, client), decide)),
    );
  const ofFiles = (decide: (presentation: Presentation) => Verdict): Finding[] =>
    scene.files.flatMap(({ machine, presentations }) =>
      presentations.map((presentation) => finding(presentation.subject, machine, () => decide(presentation))),
    );

  const from = (digest: Sha256): string => knownFrom(digest, scene.observations, scene.inventory);

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
        ...ofPorts((list, port) => {
          if ('missing' in list) return inconclusive(list.missing);
          return fault.detect(Object.assign(port, { list: list.value }), scene.context);
        }),
        ...ofFiles(({ endpoint, list }) =>
          'missing' in list ? inconclusive(list.missing) : fault.detect({ endpoint, list: list.value }, scene.context),
        ),
      ];
    case 'presented':
      return [
        ...ofPorts((list, port, { endpoint: { place }, clients }) => {
          const presented = scene.presentedIn(list, place);
          if ('missing' in presented) return inconclusive(presented.missing);
          const { machines, deployment } = scene.solution;
          const evidence = { presented: presented.value, clients, machines, deployment };
          return fault.detect(Object.assign(port, evidence), scene.context);
        }),
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
        ...ofClients((list, port, { endpoint: { place }, clients }, client) => {
          const presented = scene.presentedIn(list, place);
          if ('missing' in presented) return inconclusive(presented.missing);
          const otherClients = clients.filter((other) => other !== client);
          const known = scene.book.all();
          const evidence = { presented: presented.value, client, otherClients, known, knownFrom: from };
          return unlessUnread(client, fault.detect(Object.assign(port, evidence), scene.context));
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
                return unlessUnread(
                  client,
                  fault.detect(
                    { endpoint, presented: presented.value, client, otherClients, known, knownFrom: from },
                    scene.context,
                  ),
                );
              }),
            );
          }),
        ),
      ];
    case 'machine':
      return scene.machinesWithSharedIdentity().map(({ machine, sightings }) =>
        finding({ scope: 'machine', machine: machine.id }, machine, () => {
          const ports: (Presented & { endpoint: Endpoint })[] = [];
          const missing: Missing[] = [];
          for (const { endpoint, lists } of sightings) {
            for (const list of lists) {
              const presented = scene.presentedIn(list, endpoint.place);
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
    case 'protocol':
      return scene.endpoints.map((endpoint) =>
        finding(scene.subjectOf(endpoint), endpoint.machine, () => {
          const handshake = scene.obtain('tls-handshake', endpoint.place);
          const closed = 'missing' in handshake ? scene.closedAsDocumented(endpoint) : null;
          if (closed !== null) return closed;
          const asked = scene.obtain('tls-variants', endpoint.place);
          const variants = variantsSeen('value' in asked ? asked.value : [], endpoint, scene.book);
          return fault.detect({ endpoint, handshake, variants }, scene.context);
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
    case 'stored-identity':
    case 'binding':
    case 'identity':
    case 'key-store':
    case 'store':
      return judgeByStores(fault, scene, finding);
    case 'page':
      return judgePages(fault, scene, found, finding);
    case 'reply':
      return scene.files.map(({ machine, path, evidence }) =>
        finding({ scope: 'file', path }, machine, () => {
          if ('missing' in evidence) return inconclusive(evidence.missing);
          const { endEntities, file, requests } = evidence.value;
          const requested = requests.filter((each) => each.path === path).map(({ request }) => request);
          // An authority answers no request.
          const isReply = endEntities.length + requested.length > 0;
          const waiting = isReply ? waitingOn(scene, machine, file.unit) : { value: [] };
          if ('missing' in waiting) return inconclusive(waiting.missing);
          const held = heldBy(scene, machine);
          return fault.detect(
            { machine, path, endEntities, requested, unit: file.unit, waiting: waiting.value, held },
            scene.context,
          );
        }),
      );
    case 'file':
      return scene.files.map(({ machine, path, evidence }) =>
        finding({ scope: 'file', path }, machine, () =>
          'missing' in evidence ? inconclusive(evidence.missing) : fault.detect(evidence.value, scene.context),
        ),
      );
  }
}

/** That a client trusts something stays true whatever else it trusts; that it does not needs all of its trust. */
function unlessUnread({ unread }: ClientTrust, verdict: Verdict): Verdict {
  return unread === null || verdict.status === 'absent' ? verdict : inconclusive(unread);
}

/** Judges every list of a port. A fault in one of them is a fault of the port; that there is none needs all of them. */
function forEachList([usual, ...others]: Sighting['lists'], decide: (list: List) => Verdict): Verdict {
  const ofUsual = decide(usual);
  if (others.length === 0) return ofUsual;
  const verdicts = [ofUsual, ...others.map(decide)];
  const [first, ...more] = verdicts.filter((verdict) => verdict.status === 'present');
  if (first !== undefined) {
    const also = more.map(({ because }) => ({ label: 'its other certificate', value: because }));
    return { ...first, evidence: [...first.evidence, ...also] };
  }
  return verdicts.find(({ status }) => status === 'inconclusive') ?? ofUsual;
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
