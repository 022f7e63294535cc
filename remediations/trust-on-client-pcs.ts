import type { ClientId } from '#model/names.ts';
import type { Step } from '#model/step.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { identitiesFound } from './planning/identities-found.ts';
import { vosProducts } from './planning/vos-products.ts';

export const trustOnClientPcs = defineRemediation({
  id: 'trust-on-client-pcs',
  title: 'Hand the self-signed certificate to the PCs',
  describes:
    "Puts the certificate of the machine's own identity store into the list of single certificates of each client profile that opens its ports and refuses it. uccert bundle makes of such a list what group policy, Firefox and Linux PCs take. Changes no machine.",
  fixes: ['self-signed-certificate', 'untrusted-issuer'],
  on: vosProducts,
  sources: [
    cisco.uccxCertificates('Self-signed certificates: client PCs, by group policy or one by one'),
    cisco.uccxCertificates('Client applications and certificates'),
  ],
  plan({ machine, findings }, facts) {
    if (machine.certificates === 'ca-signed') return null;
    const identities = identitiesFound(machine, findings, facts);
    if ('declined' in identities) return identities;
    const clients = new Set(findings.flatMap(({ subject }) => clientsOf(subject.client, facts.inventory.clients)));
    const steps: Step[] = [];
    for (const client of clients) {
      const file = facts.acceptedFile(client);
      if (file === null) {
        return { declined: `the profile ${client} has no list of single certificates: add "accepted: FILE.pem" to it` };
      }
      for (const { identity } of identities) {
        const certificate = { from: 'plan', sha256: identity } as const;
        steps.push({ do: 'write-file', via: 'here', client, path: file, certificate, replaces: null });
      }
    }
    if (steps.length === 0) return { declined: 'no client profile of the inventory opens its ports' };
    return {
      title: `Hand the certificate of ${machine.id} to ${[...clients].join(', ')}`,
      steps,
      replaces: [],
      keeps: [],
      irreversible: [],
    };
  },
});

/** The client a finding names, else all: nobody accepts the certificate. */
function clientsOf(client: ClientId | undefined, all: readonly { readonly id: ClientId }[]): readonly ClientId[] {
  return client === undefined ? all.map(({ id }) => id) : [client];
}
