import type { Machine } from '#model/inventory.ts';
import { isProbed, linksAmong, shownBy, type Link, type ShownBy } from '#products/links.ts';
import type { Relation } from '#products/relations.ts';
import { isReadable } from '#x509/certificate.ts';
import type { Presented, Presenter } from './define-fault.ts';
import type { Obtained } from './obtained.ts';
import type { Scene } from './scene.ts';

/** One documented link, and what its presenter shows there; null where it has nothing to show. */
interface SeenLink {
  readonly relation: Relation;
  readonly relyingParty: Machine;
  readonly presenter: Presenter;
  readonly shown: ShownBy;
  readonly presented: () => Obtained<Presented | null>;
}

const known = new WeakMap<Scene, readonly SeenLink[]>();

/** Every documented link between two machines of the inventory, with what its presenter shows. */
export function seenLinks(scene: Scene): readonly SeenLink[] {
  const before = known.get(scene);
  if (before !== undefined) return before;
  const { machines, secured = [] } = scene.inventory;
  const links = linksAmong(machines, secured, ({ ports }) => ports).map((link) => seenLink(link, scene));
  known.set(scene, links);
  return links;
}

/** The link as the evidence has it: the port as it was probed, or the presenter's own store where nobody can look. */
function seenLink(link: Link<Machine>, scene: Scene): SeenLink {
  const { relation, relyingParty, presenter: machine } = link;
  const shown = shownBy(link);
  if (isProbed(link)) {
    const presenter = scene.portOf(machine, link.port);
    return { relation, relyingParty, presenter, shown, presented: () => scene.presented(presenter) };
  }
  const { identity } = link.relation;
  const presenter = {
    machine,
    listener: null,
    host: machine.fqdn ?? machine.id,
    title: `${identity} of ${machine.id}`,
  };
  return { relation, relyingParty, presenter, shown, presented: () => kept(scene, machine, identity) };
}

/** The list that the machine's own store holds for an identity, or null where it holds none. */
function kept(scene: Scene, machine: Machine, identity: string): Obtained<Presented | null> {
  const stored = scene.obtain('identity-store', { at: 'store', machine: machine.id, store: identity });
  if ('missing' in stored) return stored;
  const { certificate, issuers = [] } = stored.value;
  if (certificate === null) return { value: null };
  const endEntity = scene.book.get(certificate);
  if (isReadable(endEntity)) {
    return { value: { endEntity, list: [endEntity, ...issuers.map((digest) => scene.book.get(digest))] } };
  }
  const failure = { reason: 'certificate-unreadable', message: endEntity.malformed } as const;
  return { missing: { kind: 'identity-store', of: `${identity} of ${machine.id}`, failure } };
}

/** Whether a link of the inventory meets this identity where no port shows it. */
export function isShownUnprobed(scene: Scene, machine: Machine, identity: string): boolean {
  return seenLinks(scene).some(
    ({ presenter, shown }) => presenter.machine === machine && 'identity' in shown && shown.identity === identity,
  );
}
