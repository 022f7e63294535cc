import type { FaultId } from '#faults/index.ts';
import type { PresentFinding } from '#model/finding.ts';
import type { Authority, Client, Machine } from '#model/inventory.ts';
import type { Step } from '#model/step.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import type { Group, Left, PlanningFacts } from '../define-remediation.ts';
import { chainOfAuthority, type Chain } from './authority-chain.ts';

/**
 * Why people would be refused by what the authority signs for a machine: a client profile trusts the machine now, and holds nothing that the
 * chain leads to. A public authority is on every PC; who accepted the certificate singly, and whose list can be written, is given the new
 * one. Null where nobody would be.
 */
export function refusedByClients(
  machine: Machine,
  { authority, chain }: { readonly authority: Authority; readonly chain: Chain },
  facts: PlanningFacts,
): string | null {
  if (authority.public === true) return null;
  const trusting = new Set(facts.trustedBy(machine.id));
  const refusing = facts.inventory.clients.find(
    (client) => trusting.has(client.id) && !isGivenSingly(client, machine, facts) && !isAnchored(client, chain, facts),
  );
  if (refusing === undefined) return null;
  return `${refusing.id} trusts ${machine.id} now, and would refuse what ${authority.id} signs: ${rootLacking(refusing, chain, facts)}, and make a new run`;
}

/**
 * Which findings of a machine outlast a change that has an authority sign for it: a profile that refuses the machine now holds nothing that
 * the authority's chain leads to either.
 */
export function refusedAsBefore({ machine, findings }: Group, steps: readonly Step[], facts: PlanningFacts): Left {
  const left = new Map<PresentFinding, string>();
  const chain = steps.some((step) => step.do === 'obtain-reply') ? chainOfAuthority(machine, facts) : null;
  const authority = facts.authorityOf(machine);
  if (chain === null || authority === null || authority.public === true) return left;
  for (const finding of findings) {
    if (finding.fault !== ('untrusted-issuer' satisfies FaultId)) continue;
    const client = facts.inventory.clients.find(({ id }) => id === finding.subject.client);
    if (client === undefined || isAnchored(client, chain, facts)) continue;
    left.set(finding, `${client.id} refuses what ${authority.id} signs, too: ${rootLacking(client, chain, facts)}`);
  }
  return left;
}

function rootLacking({ id }: Client, chain: Chain, facts: PlanningFacts): string {
  const root = facts.certificate(chain[0]);
  const title = root === null ? chain[0].slice(0, 16) : certificateTitle(root);
  return `it does not hold the root ${title}. Give it to those PCs first: list it under anchors of ${id} in the inventory, hand out what uccert bundle --client ${id} writes`;
}

/**
 * Why people would be refused by a self-signed certificate that is made anew: a client profile trusts the machine now, and has no list that it
 * could be put into. Null where nobody would be.
 */
export function withoutList(machine: Machine, facts: PlanningFacts): string | null {
  const client = facts.trustedBy(machine.id).find((id) => facts.acceptedFile(id) === null);
  return client === undefined
    ? null
    : `${client} trusts ${machine.id} now, and would refuse its new certificate: the profile has no list of single certificates to put it into; add "accepted: FILE.pem" to it`;
}

/** Whether its list of single certificates has what the machine presents, and can be given what it will. */
function isGivenSingly({ id, accepted }: Client, machine: Machine, facts: PlanningFacts): boolean {
  if (facts.acceptedFile(id) === null) return false;
  const shown = facts.portsPresenting(machine.id, 'tomcat').map((port) => facts.presented(machine.id, port));
  return shown.length > 0 && shown.every((digest) => digest !== null && accepted.includes(digest));
}

function isAnchored({ anchors }: Client, chain: Chain, facts: PlanningFacts): boolean {
  const known = chain.flatMap((digest) => facts.certificate(digest) ?? []);
  const issuing = known.at(-1);
  const held = anchors.flatMap((digest) => facts.certificate(digest) ?? []);
  return issuing !== undefined && buildPath(issuing, known, held).status === 'anchored';
}
