import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { CertificateReference, KeyStorePlace, Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { storesOn } from '#products/index.ts';
import { isSelfSigned } from '#x509/certificate.ts';
import type { PlanningFacts } from '../define-remediation.ts';
import type { Handed, Lacking } from './handed.ts';

/**
 * Certificates into a trust store of a Windows machine, in this order; what of them a store is `lacking` is for the caller to say. A key store of Java is
 * copied first, and loses the earlier certificates of the same presenter afterwards. No restarts.
 */
export function windowsImports(
  relyingParty: Machine,
  store: string,
  handed: readonly Handed[],
  facts: PlanningFacts,
  lacking: Lacking,
): Step[] {
  const keyStores = keyStoresOf(relyingParty, store);
  if (keyStores.length === 0)
    return intoWindows(relyingParty, store, lacking(facts.trusted(relyingParty.id, store) ?? [], handed, facts), facts);
  return keyStores.flatMap((keyStore) => intoKeyStore(relyingParty, keyStore, handed, facts, lacking));
}

function intoKeyStore(
  machine: Machine,
  keyStore: KeyStorePlace,
  handed: readonly Handed[],
  facts: PlanningFacts,
  lacking: Lacking,
): Step[] {
  const java = { via: 'java', on: machine.id, keyStore } as const;
  const held = facts.trusted(machine.id, keyStore.store) ?? [];
  const missing = lacking(held, handed, facts);
  if (missing.length === 0) return [];
  const old = new Set(missing.flatMap(({ certificate }) => earlier(certificate, held, facts)));
  return [
    { do: 'back-up-store', ...java },
    ...missing.map(({ certificate, of }): Step => ({
      do: 'import-certificate',
      ...java,
      alias: aliasOf(certificate, of),
      certificate,
      of,
    })),
    ...[...old].map((sha256): Step => ({
      do: 'remove-certificate',
      ...java,
      sha256,
      aliases: [...facts.entriesOf(machine.id, keyStore.store, sha256)],
      of: `${missing[0]?.of ?? machine.id}, the earlier one`,
    })),
  ];
}

/** One word, that says whose certificate it is: two words in place of the alias are an error of some guides. */
function aliasOf(certificate: CertificateReference, of: string): string {
  const word =
    certificate.from === 'plan'
      ? `${of}_${certificate.sha256.slice(0, 8)}`
      : `${certificate.machine}_${certificate.unit}`;
  return word.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '_');
}

/**
 * What the store holds of the presenter from before: the identity that is being replaced, or self-signed certificates of the same name
 * that nobody of the deployment has as identity any more. Portico and IIS of one machine have one name and are both needed.
 */
function earlier(certificate: CertificateReference, held: readonly Sha256[], facts: PlanningFacts): Sha256[] {
  if (certificate.from !== 'plan') {
    const { machine, unit } = certificate;
    // Where the store has lost it, a port may go on with what it has in memory.
    const shown = facts.portsPresenting(machine, unit).map((port) => facts.presented(machine, port));
    const replaced = [...new Set([facts.identity(machine, unit), ...shown])];
    return replaced.flatMap((digest) => (digest !== null && held.includes(digest) ? [digest] : []));
  }
  const wanted = facts.certificate(certificate.sha256);
  if (wanted === null || !isSelfSigned(wanted)) return [];
  const inUse = new Set(
    facts.inventory.machines.flatMap((machine) =>
      storesOn(machine).map(({ identity }) => facts.identity(machine.id, identity)),
    ),
  );
  // A root of the same name is another authority's, and others may rest on it.
  if (!inUse.has(wanted.sha256)) return [];
  return held.filter((digest) => {
    const other = facts.certificate(digest);
    return other !== null && isSelfSigned(other) && other.subjectName === wanted.subjectName && !inUse.has(digest);
  });
}

/** Roots into Root, intermediates into CA; a single certificate of a peer into My, as CiscoCertUtil /install does it unless told otherwise. */
function intoWindows(machine: Machine, store: string, missing: readonly Handed[], facts: PlanningFacts): Step[] {
  return missing.map(({ certificate, of }) => ({
    do: 'import-certificate',
    via: 'windows',
    on: machine.id,
    store: storeFor(certificate, store, facts),
    certificate,
    of,
  }));
}

function storeFor(certificate: CertificateReference, store: string, facts: PlanningFacts): 'Root' | 'CA' | 'My' {
  const known = certificate.from === 'plan' ? facts.certificate(certificate.sha256) : null;
  if (known !== null && !isSelfSigned(known)) return 'CA';
  const isAuthority = known?.basicConstraints?.ca === true;
  return isAuthority || !/\bMy\b/.test(store) ? 'Root' : 'My';
}
