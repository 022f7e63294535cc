import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { CertificateReference, Step } from '#model/step.ts';
import { productOf, storesOn } from '#products/index.ts';
import type { Declined, PlanningFacts } from '../define-remediation.ts';
import { chainAbove } from './authority-chain.ts';
import type { ClientFiles } from './client-files.ts';
import { handedAuthorities, notHeld, notTrusted, type Handed } from './handed.ts';
import { afterTrustChange } from './restart-steps.ts';
import { windowsImports } from './windows-imports.ts';

/**
 * What a presenter is trusted by: its own certificate where it is its own authority, else the whole chain above it. `presented` is what
 * its port shows, or what it is about to show; it counts only where the presenter's own store holds it.
 */
export function handedBy(
  presenter: Machine,
  presented: Sha256 | null,
  facts: PlanningFacts,
): readonly Handed[] | Declined {
  if (presenter.certificates === 'ca-signed' || presenter.type === 'SCRIPT_TARGET') {
    const chain = presented === null ? null : chainAbove(presented, presenter, facts);
    if (chain !== null) return handedAuthorities(chain, facts);
    return {
      declined: `the chain above the certificate of ${presenter.id} is not known: name its authority in the inventory, with the PEM file of its root and intermediates`,
    };
  }
  if (presented !== null && facts.unitOf(presenter.id, presented) !== null) {
    return [{ certificate: { from: 'plan', sha256: presented }, of: presenter.id }];
  }
  const units = storesOn(presenter).map(({ identity }) => identity);
  const unread = units.find((unit) => facts.identity(presenter.id, unit) === null) ?? null;
  return {
    declined:
      unread !== null
        ? `the ${unread} identity of ${presenter.id} could not be read over its command line; what the wire shows is no reason to trust it`
        : `${presenter.id} presents another certificate than its own store holds: restart its services first`,
  };
}

/** Certificates into the trust store of one machine, in this order; those it was seen to hold are left out unless said. No restarts. */
export function importSteps(
  relyingParty: Machine,
  store: string,
  handed: readonly Handed[],
  facts: PlanningFacts,
  lacking = notHeld,
): Step[] | Declined {
  if (productOf(relyingParty.type).platform === 'windows')
    return windowsImports(relyingParty, store, handed, facts, lacking);
  return lacking(facts.trusted(relyingParty.id, store) ?? [], handed, facts).map(({ certificate, of }) => ({
    do: 'import-certificate',
    via: 'vos',
    on: relyingParty.id,
    store,
    certificate,
    of,
  }));
}

/** What a presenter hands out, by when it is to be done. */
export interface HandedOut {
  /** Where the old certificate stays in the store beside the new one: imports, and the restarts that take them up. Then either is trusted. */
  readonly ahead: readonly Step[];
  /** Imports that take the place of the old one. Services that run have read the old one, and go on with it. */
  readonly justBefore: readonly Step[];
  /** Restarts that take those up, as nobody presents the old one any more; and the old ones out of stores that have both. */
  readonly behind: readonly Step[];
}

/** Certificates of a presenter into the stores of every machine that relies on it, and the restarts that take them up. */
export function handOut(presenter: Machine, handed: readonly Handed[], facts: PlanningFacts): HandedOut | Declined {
  const links = Map.groupBy(facts.reliedOnBy(presenter.id), ({ relyingParty }) => relyingParty);
  const [ahead, justBefore, restartedBehind, removed]: [Step[], Step[], Step[], Step[]] = [[], [], [], []];
  for (const [relyingParty, to] of links) {
    const imported: Step[] = [];
    const changed: string[] = [];
    for (const store of new Set(to.map(({ relation }) => relation.store))) {
      // Who trusts the authority is given nothing, and is not restarted: the presenter is about to send the rest of its chain.
      const imports = importSteps(relyingParty, store, handed, facts, notTrusted);
      if ('declined' in imports) return imports;
      imported.push(...imports);
      if (imports.length > 0) changed.push(store);
    }
    if (imported.length === 0) continue;
    const restarts = afterTrustChange(relyingParty, changed, facts);
    if (changed.some((store) => takesPlace(relyingParty, store, handed, facts))) {
      justBefore.push(...imported);
      restartedBehind.push(...restarts);
    } else {
      ahead.push(...imported.filter((step) => step.do !== 'remove-certificate'), ...restarts);
      removed.push(...imported.filter((step) => step.do === 'remove-certificate'));
    }
  }
  return { ahead, justBefore, behind: [...restartedBehind, ...removed] };
}

/** What is handed out, around the restarts by which the presenter presents it: so that it is trusted before and afterwards. */
export function around(
  { ahead, justBefore, behind }: HandedOut,
  clients: ClientFiles,
  presents: readonly Step[],
): readonly Step[] {
  return [...ahead, ...clients.add, ...justBefore, ...presents, ...behind, ...clients.exchange];
}

/**
 * Whether an entry of the store gives way to what is handed out: a VOS store keeps one certificate of a common name, the newer (Security
 * Guide of CUCM). Key stores of Java and the stores of Windows keep both. What is not known counts as giving way.
 */
function takesPlace(relyingParty: Machine, store: string, handed: readonly Handed[], facts: PlanningFacts): boolean {
  if (productOf(relyingParty.type).platform === 'windows') return false;
  const held = facts.trusted(relyingParty.id, store);
  if (held === null) return true;
  return handed.some(({ certificate }) => {
    const name = commonNameOf(certificate, facts);
    return held.some((digest) => {
      if (certificate.from === 'plan' && certificate.sha256 === digest) return false;
      const own = facts.certificate(digest)?.commonNames[0];
      return name === null || own === undefined || own.toLowerCase() === name.toLowerCase();
    });
  });
}

/** The common name of a certificate, of one that does not exist yet too: a machine makes its own for its FQDN. */
function commonNameOf(certificate: CertificateReference, facts: PlanningFacts): string | null {
  if (certificate.from === 'plan') return facts.certificate(certificate.sha256)?.commonNames[0] ?? null;
  return facts.machine(certificate.machine).fqdn;
}
