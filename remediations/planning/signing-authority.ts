import type { Authority, Machine } from '#model/inventory.ts';
import { certificateTitle } from '#x509/certificate.ts';
import type { Declined, PlanningFacts } from '../define-remediation.ts';
import { chainOfAuthority, type Chain } from './authority-chain.ts';
import { refusedByClients } from './client-trust.ts';

/** Who signs for a machine, with the operator's own chain, the root first. */
export interface Signing {
  readonly authority: Authority;
  readonly chain: Chain;
}

/** The authority that the inventory names for the machine; in words why it cannot sign. */
export function signingAuthority(machine: Machine, facts: PlanningFacts): Signing | Declined {
  const authority = facts.authorityOf(machine);
  const chain = chainOfAuthority(machine, facts);
  if (authority === null || chain === null) {
    return {
      declined: `no certification authority answers the requests of ${machine.id}: name one under authorities in the inventory`,
    };
  }
  if (machine.external === true && authority.public !== true) {
    return {
      declined: `customers reach ${machine.id} from the internet, and ${authority.id} is not said to be public: name a public authority`,
    };
  }
  const ended = chain
    .map((sha256) => facts.certificate(sha256))
    .find((each) => each !== null && each.notAfter < facts.judgedAt);
  if (ended != null) {
    return {
      declined: `${certificateTitle(ended)} in the chain of ${authority.id} has expired: put the renewed one into its file`,
    };
  }
  const refused = refusedByClients(machine, { authority, chain }, facts);
  return refused === null ? { authority, chain } : { declined: refused };
}
