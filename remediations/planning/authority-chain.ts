import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import { storesOn } from '#products/index.ts';
import { isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/** Certificates of authorities, the root first, none left out: the order in which a VOS machine wants them uploaded. */
export type Chain = readonly [Sha256, ...Sha256[]];

/** What a chain is put together from. */
type Facts = Pick<PlanningFacts, 'certificate' | 'authorityOf' | 'trusted'>;

/** The operator's own chain of the authority that answers the machine's requests, the root first; null where there is none. */
export function chainOfAuthority(machine: Machine, facts: Facts): Chain | null {
  const authority = facts.authorityOf(machine);
  return authority === null ? null : rootFirst(known(authority.chain, facts));
}

/**
 * The authorities above an identity: from the operator's chain, else from the presenter's own trust store. Null where neither leads
 * to a root; never from what a port sent.
 */
export function chainAbove(identity: Sha256, presenter: Machine, facts: Facts): Chain | null {
  const certificate = facts.certificate(identity);
  if (certificate === null) return null;
  const fromOperator = known(facts.authorityOf(presenter)?.chain ?? [], facts);
  const stores = new Set(storesOn(presenter).map(({ trust }) => trust));
  const fromStore = known(
    [...stores].flatMap((store) => facts.trusted(presenter.id, store) ?? []),
    facts,
  );
  for (const held of [fromOperator, fromStore]) {
    const result = buildPath(certificate, held, held.filter(isSelfSigned));
    if (result.status !== 'anchored') continue;
    // A script target may be its own authority.
    const above = result.path.length === 1 ? result.path : result.path.slice(1);
    const [root, ...others] = above.map(({ sha256 }) => sha256).toReversed();
    if (root !== undefined) return [root, ...others];
  }
  return null;
}

function known(digests: readonly Sha256[], facts: Facts): Certificate[] {
  return digests.flatMap((digest) => facts.certificate(digest) ?? []);
}

/** Each behind its issuer. */
function rootFirst(certificates: readonly Certificate[]): Chain | null {
  const placed: Certificate[] = certificates.filter(isSelfSigned);
  for (let open = certificates.filter((each) => !isSelfSigned(each)); open.length > 0;) {
    const next = open.filter((each) => placed.some(({ subjectName }) => subjectName === each.issuerName));
    // What no certificate of the file issued goes last, and is judged when the reply comes.
    placed.push(...(next.length === 0 ? open : next));
    open = next.length === 0 ? [] : open.filter((each) => !next.includes(each));
  }
  const [root, ...others] = placed.map(({ sha256 }) => sha256);
  return root === undefined ? null : [root, ...others];
}
