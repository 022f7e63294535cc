import type { Step } from '#model/step.ts';
import type { Sha256 } from '#model/names.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { storesOn } from '#products/index.ts';
import { cisco, keytoolTried } from '#products/sources.ts';
import { isSelfSigned } from '#x509/certificate.ts';
import { chainAbove } from './planning/authority-chain.ts';
import { defineRemediation, type PlanningFacts } from './define-remediation.ts';
import { importSteps } from './planning/hand-out.ts';
import { handedAuthorities } from './planning/handed.ts';
import { rootSentAlong } from './planning/root-sent-along.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { windowsIdentities } from './planning/windows-identities.ts';
import { cvpProducts } from './planning/windows-products.ts';
import type { PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';

/** What a port sends of a key store is the chain of the alias, in its order: VOS machines send what their trust store holds. */
const listFaults = ['intermediate-missing', 'certificate-list-out-of-order', 'certificate-list-superfluous'] as const;

/** A certificate that belongs under an alias with its chain. */
interface Placed {
  readonly alias: string;
  readonly certificate: Sha256;
  /** Whether it lies beside the key now, as a trusted certificate. */
  readonly isApart: boolean;
}

export const completeKeyStoreChain = defineRemediation({
  id: 'complete-key-store-chain',
  title: 'Put a signed certificate with its whole chain under the alias of its key',
  describes:
    'Copies .keystore beside itself, imports root and intermediates, then the signed certificate once more with its chain, in order, under the alias of its key; an entry of it under another alias is deleted. Restarts the services of the alias, which then send the whole list. Taken back to the very bytes.',
  fixes: [...listFaults, 'reply-under-wrong-alias'],
  on: cvpProducts,
  sources: [
    cisco.cvpSigned('Import of root, intermediates and signed certificate'),
    keytoolTried('Import of a certificate with its chain in one file'),
    keytoolTried('Import of a reply under an alias that has no key'),
  ],
  plan({ machine, findings }, facts) {
    const [keyStore] = keyStoresOf(machine, '.keystore');
    if (keyStore === undefined) return null;
    const java = { via: 'java', on: machine.id, keyStore } as const;
    const steps: Step[] = [{ do: 'back-up-store', ...java }];
    const aliases: string[] = [];
    const replaces: Sha256[] = [];
    for (const { alias, certificate, isApart } of placedIn(machine, findings, facts)) {
      const chain = chainAbove(certificate, machine, facts);
      if (chain === null) {
        const own = facts.certificate(certificate);
        if (own !== null && isSelfSigned(own))
          return {
            declined: `the certificate of ${machine.id} is self-signed: what stands above it goes when it is replaced`,
          };
        return {
          declined: `the chain above the certificate of ${machine.id} is not known: name its authority in the inventory, with the PEM file of its root and intermediates`,
        };
      }
      const imports = importSteps(machine, keyStore.store, handedAuthorities(chain, facts), facts);
      if ('declined' in imports) return imports;
      steps.push(...imports.filter(({ do: kind }) => kind !== 'back-up-store'));
      steps.push({
        do: 'import-reply',
        ...java,
        alias,
        certificate: { from: 'plan', sha256: certificate },
        chain: [...chain],
      });
      if (isApart) {
        const aliases = [...facts.entriesOf(machine.id, keyStore.store, certificate)];
        steps.push({ do: 'remove-certificate', ...java, sha256: certificate, aliases, of: machine.id });
      }
      aliases.push(alias);
      const identity = facts.identity(machine.id, alias);
      // What it takes the place of under its alias, and whatever was found about that.
      if (isApart && identity !== null) replaces.push(identity);
    }
    if (aliases.length === 0) return null;
    return {
      title: `Put ${aliases.join(' and ')} of ${machine.id} with its chain under its alias`,
      steps: [...steps, ...afterIdentityChange(machine, aliases, facts)],
      replaces,
      keeps: [],
      irreversible: [],
      brings: [rootSentAlong(machine)],
    };
  },
});

/** Under the alias that presents it, or that of the key which it was signed for. */
function placedIn(machine: Machine, findings: readonly PresentFinding[], facts: PlanningFacts): Placed[] {
  const apart = findings.flatMap(({ fault, verdict }): Placed[] => {
    const certificate = fault === 'reply-under-wrong-alias' ? verdict.certificate : undefined;
    const signed = certificate === undefined ? null : facts.certificate(certificate);
    const alias = keyStoreAliases(machine).find((unit) => {
      const identity = facts.identity(machine.id, unit);
      const own = identity === null ? null : facts.certificate(identity);
      return own !== null && own.subjectPublicKeyInfo === signed?.subjectPublicKeyInfo;
    });
    return certificate === undefined || alias === undefined ? [] : [{ alias, certificate, isApart: true }];
  });
  const lacking = findings.filter(({ fault }) => listFaults.some((id) => id === fault));
  const incomplete = windowsIdentities(machine, lacking, 'java-key-store', facts).flatMap(
    ({ unit, identity }): Placed[] =>
      identity === null || apart.some(({ alias }) => alias === unit)
        ? []
        : [{ alias: unit, certificate: identity, isApart: false }],
  );
  return [...apart, ...incomplete];
}

function keyStoreAliases(machine: Machine): readonly string[] {
  return storesOn(machine).flatMap(({ identity, keptIn }) => (keptIn?.by === 'java-key-store' ? [identity] : []));
}
