import type { PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/step.ts';

/** The domain of a VOS machine comes first where its certificate has another: what it makes before carries the old one. */
export function domainFirst(
  { id, fqdn }: Machine,
  findings: readonly PresentFinding[],
): { readonly steps: readonly Step[]; readonly irreversible: readonly string[] } {
  const domain = fqdn?.split('.').slice(1).join('.') ?? '';
  if (domain === '' || findings.every(({ fault }) => fault !== 'stale-domain')) return { steps: [], irreversible: [] };
  return {
    steps: [{ do: 'ask-operator', via: 'operator', on: id, asks: { for: 'domain', domain } }],
    irreversible: [
      `the domain of ${id}, where it is not ${domain} yet: a person sets it, and only a person sets it back`,
    ],
  };
}
