import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { storesOn } from '#products/index.ts';
import { cisco, keytoolTried } from '#products/sources.ts';
import { defineRemediation, trustTarget, type PlanningFacts } from './define-remediation.ts';
import { clientFiles, clientFilesOfSigned, together } from './planning/client-files.ts';
import { around, handOut } from './planning/hand-out.ts';
import type { Handed } from './planning/handed.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { cvpProducts } from './planning/windows-products.ts';

/** A key under an alias that no service looks for, and the one that it was meant for. */
interface Mistyped {
  readonly from: string;
  readonly alias: string;
  readonly certificate: Sha256;
  readonly isSigned: boolean;
}

export const renameKeyStoreAlias = defineRemediation({
  id: 'rename-key-store-alias',
  title: 'Give a key the alias that its service looks for',
  describes:
    'Copies .keystore beside itself and renames the alias of a key that differs from the documented one by a sign between its words, as a hyphen for an underscore: the key stays, and with it its certificate. Restarts the services of the alias. It is not taken back: a service that is restarted then would not find its key.',
  fixes: ['identity-alias-missing', 'identity-certificate-absent'],
  on: cvpProducts,
  sources: [
    cisco.cvpSigned('Aliases and key store of CVP: delete, generate, request, import'),
    keytoolTried('-changealias of a key'),
  ],
  plan({ machine, findings }, facts) {
    const [keyStore] = keyStoresOf(machine, '.keystore');
    const mistyped = keyStore === undefined ? [] : mistypedIn(machine, facts);
    if (keyStore === undefined || mistyped.length === 0) return null;
    const handed = mistyped.flatMap(({ certificate, isSigned }): Handed[] =>
      isSigned ? [] : [{ certificate: { from: 'plan', sha256: certificate }, of: machine.id }],
    );
    const handedOut = handOut(machine, handed, facts);
    if ('declined' in handedOut) return handedOut;
    const java = { via: 'java', on: machine.id, keyStore } as const;
    const renames = mistyped.map(({ from, alias, certificate }): Step => ({
      do: 'rename-alias',
      ...java,
      from,
      alias,
      sha256: certificate,
    }));
    const clients = mistyped.map(({ certificate, isSigned }) =>
      (isSigned ? clientFilesOfSigned : clientFiles)(
        machine,
        { from: 'plan', sha256: certificate },
        certificate,
        facts,
      ),
    );
    const aliases = mistyped.map(({ alias }) => alias);
    return {
      title: `Rename ${mistyped.map(({ from, alias }) => `${from} to ${alias}`).join(' and ')} on ${machine.id}`,
      steps: [
        { do: 'back-up-store', ...java },
        ...renames,
        ...around(handedOut, together(clients), afterIdentityChange(machine, aliases, facts)),
      ],
      clears: findings,
      replaces: [],
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: mistyped.map(
        ({ from, alias }) =>
          `${alias} of ${machine.id}: its key is not put back under ${from}, where a service that is restarted does not find it`,
      ),
    };
  },
});

/** One for each alias that is lacking; none where one of them has no such key: then a key has to be made, which does for all. */
function mistypedIn(machine: Machine, facts: PlanningFacts): readonly Mistyped[] {
  const due = storesOn(machine).flatMap(({ identity, keptIn }) => (keptIn?.by === 'java-key-store' ? [identity] : []));
  const keys = facts.keysOf(machine.id, '.keystore');
  const isUnder = (alias: string): boolean => keys.some((key) => key.alias.toLowerCase() === alias);
  const lacking = due.filter((alias) => !isUnder(alias));
  const found = lacking.flatMap((alias): Mistyped[] => {
    const [near, other] = keys.filter((key) => lettersOf(key.alias) === lettersOf(alias));
    const [certificate, ...issuers] = near?.chain ?? [];
    if (near === undefined || certificate === undefined || other !== undefined || hasEnded(certificate, facts))
      return [];
    const isSigned = issuers.length > 0;
    // What is to be signed all the same is made anew under the right alias.
    if (machine.certificates === 'ca-signed' && !isSigned) return [];
    return [{ from: near.alias, alias, certificate, isSigned }];
  });
  return found.length === lacking.length ? found : [];
}

function lettersOf(alias: string): string {
  return alias.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** What has ended is to be made anew, whatever it is called. */
function hasEnded(digest: Sha256, facts: PlanningFacts): boolean {
  const certificate = facts.certificate(digest);
  return certificate === null || certificate.notAfter.getTime() <= facts.judgedAt.getTime();
}
