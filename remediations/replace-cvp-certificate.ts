import type { Machine } from '#model/inventory.ts';
import type { KeyStorePlace, Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { cisco, keytoolTried } from '#products/sources.ts';
import { defineRemediation, trustTarget, type Declined, type PlanningFacts } from './define-remediation.ts';
import { clientFiles, noClientFiles, together } from './planning/client-files.ts';
import { withoutList } from './planning/client-trust.ts';
import { around, handOut, importSteps } from './planning/hand-out.ts';
import { handedAuthorities, type Handed } from './planning/handed.ts';
import { identityFaults, issuerFaults } from './planning/identity-faults.ts';
import { rootSentAlong } from './planning/root-sent-along.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { signingAuthority } from './planning/signing-authority.ts';
import { aboutUnit, windowsIdentities, type WindowsIdentity } from './planning/windows-identities.ts';
import { cvpProducts } from './planning/windows-products.ts';

/** Three years: the guides advise two to three or less for what is made on the machine. */
const days = 3 * 365;

export const replaceCvpCertificate = defineRemediation({
  id: 'replace-cvp-certificate',
  title: 'Make a new key and certificate in the key store of CVP, signed where the inventory says so',
  describes:
    'Copies .keystore beside itself, deletes the alias and makes a new key pair of 2048 bits for the FQDN with it as subjectAltName. Where certificates are CA-signed: the key pair is made in a file apart, with a request of the same name, answered by the authority, imported with root and intermediates, checked to be there with its chain, and only then taken over under the alias. Restarts the services of the aliases and hands out what peers have to trust. Taken back to the very bytes, the key with them.',
  fixes: [...identityFaults, ...issuerFaults, 'identity-alias-missing', 'identity-certificate-absent'],
  on: cvpProducts,
  sources: [
    cisco.cvpSigned('Aliases and key store of CVP: delete, generate, request, import'),
    cisco.cvpSecurity('Certificates of the Call Server, the VXML Server and Web Services Manager'),
    keytoolTried('-importkeystore of one alias with -noprompt takes the place of the entry there'),
    cisco.pcceCertificates('WSM certificate of CVP'),
  ],
  plan(group, facts) {
    const { machine, findings } = group;
    const identities = windowsIdentities(machine, findings, 'java-key-store', facts);
    const [keyStore] = keyStoresOf(machine, '.keystore');
    const { fqdn } = machine;
    if (identities.length === 0 || keyStore === undefined) return null;
    if (fqdn === null)
      return { declined: `the inventory names no FQDN of ${machine.id}, which its certificate must carry` };
    const replacing = { identities, keyStore, name: fqdn };
    const steps =
      machine.certificates === 'ca-signed' ? signed(machine, replacing, facts) : selfSigned(machine, replacing, facts);
    if ('declined' in steps) return steps;
    const units = identities.map(({ unit }) => unit);
    return {
      title: `Replace ${units.join(' and ')} of ${machine.id}`,
      steps: [{ do: 'back-up-store', via: 'java', on: machine.id, keyStore }, ...steps],
      clears: units.flatMap((unit) => aboutUnit(group, unit, facts)),
      replaces: identities.flatMap(({ identity }) => identity ?? []),
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: identities.flatMap(({ unit, identity }) =>
        identity === null
          ? [
              `${unit} of ${machine.id}: no key was under it before, and a service that is restarted without one presents nothing`,
            ]
          : [],
      ),
      ...(machine.certificates === 'ca-signed' ? { brings: [rootSentAlong(machine)] } : {}),
    };
  },
});

/** What is replaced, and where. */
interface Replacing {
  readonly identities: readonly WindowsIdentity[];
  readonly keyStore: KeyStorePlace;
  readonly name: string;
}

/** Handed out when it is made, and presented by the restarts. */
function selfSigned(
  machine: Machine,
  { identities, keyStore, name }: Replacing,
  facts: PlanningFacts,
): readonly Step[] | Declined {
  const refused = withoutList(machine, facts);
  if (refused !== null) return { declined: refused };
  const handed = identities.map(({ unit }): Handed => ({
    certificate: { from: 'identity-store', machine: machine.id, unit },
    of: machine.id,
  }));
  const handedOut = handOut(machine, handed, facts);
  if ('declined' in handedOut) return handedOut;
  const units = identities.map(({ unit }) => unit);
  const clients = identities.map(({ unit, identity }) =>
    clientFiles(machine, { from: 'identity-store', machine: machine.id, unit }, identity, facts),
  );
  const made = identities.map(({ unit, identity }): Step => ({
    do: 'generate-key-pair',
    via: 'java',
    on: machine.id,
    keyStore,
    alias: unit,
    name,
    days,
    replaces: identity,
  }));
  return [...made, ...around(handedOut, together(clients), afterIdentityChange(machine, units, facts))];
}

/**
 * The authority is trusted everywhere first. Keys wait for their answers in a file apart, as an authority may take days: a service that is restarted
 * meanwhile presents what it presented before.
 */
function signed(
  machine: Machine,
  { identities, keyStore, name }: Replacing,
  facts: PlanningFacts,
): readonly Step[] | Declined {
  const signing = signingAuthority(machine, facts);
  if ('declined' in signing) return signing;
  const { authority, chain } = signing;
  const handed = handedAuthorities(chain, facts);
  const own = importSteps(machine, keyStore.store, handed, facts);
  if ('declined' in own) return own;
  const handedOut = handOut(machine, handed, facts);
  if ('declined' in handedOut) return handedOut;
  const units = identities.map(({ unit }) => unit);
  const java = { via: 'java', on: machine.id, keyStore } as const;
  const apart = { ...java, keyStore: { ...keyStore, apart: true } } as const;
  const reply = (unit: string) => ({ from: 'reply', machine: machine.id, unit }) as const;
  return [
    ...handedOut.ahead,
    ...own,
    ...units.flatMap((unit): Step[] => [
      { do: 'generate-key-pair', ...apart, alias: unit, name, days, replaces: null },
      { do: 'generate-request', ...apart, alias: unit, name },
    ]),
    ...units.map((unit): Step => ({ do: 'obtain-reply', via: 'here', for: machine.id, unit, authority: authority.id })),
    ...identities.flatMap(({ unit, identity }): Step[] => [
      { do: 'import-reply', ...apart, alias: unit, certificate: reply(unit), chain: [...chain] },
      { do: 'import-key-pair', ...java, alias: unit, certificate: reply(unit), replaces: identity },
    ]),
    ...around({ ...handedOut, ahead: [] }, noClientFiles, afterIdentityChange(machine, units, facts)),
  ];
}
