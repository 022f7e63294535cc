import type { X509Certificate } from 'node:crypto';
import type { MachineType } from '#model/names.ts';
import { productOf } from '#products/index.ts';
import { asSigned, daysFrom, issue, type Authority, type KeyPair, type Wanted } from '../../authority.ts';

/** What a machine shows before anybody changed anything: its certificate and what is sent behind it. */
export interface FirstIdentity {
  readonly chain: readonly X509Certificate[];
  readonly key: KeyPair;
}

interface Holder {
  readonly type: MachineType;
  readonly id: string;
  readonly fqdn: string;
  readonly key: KeyPair;
}

/**
 * A certificate for each identity of the product, all over one key of the machine: a key for each would double the time that a
 * lab takes to start, and nothing compares keys. `isFresh`: CVP as its installer leaves it, with the short name of the machine.
 */
export async function firstIdentities(
  holder: Holder,
  now: Date,
  authority: Authority | null,
  isFresh: boolean,
): Promise<ReadonlyMap<string, FirstIdentity>> {
  const identities = await Promise.all(
    productOf(holder.type).stores.map(async ({ identity, keptIn }) => {
      const isJava = keptIn?.by === 'java-key-store';
      const first = await identityFor(holder, identity, now, authority, isJava && isFresh ? freshNames(holder) : {});
      return [identity, first] as const;
    }),
  );
  return new Map(identities);
}

/** A certificate for one identity of a machine as the lab issues them, with changes. */
export async function identityFor(
  holder: Holder,
  identity: string,
  now: Date,
  authority: Authority | null,
  changes: Partial<Wanted>,
): Promise<FirstIdentity> {
  const keptIn = productOf(holder.type).stores.find((store) => store.identity === identity)?.keptIn;
  const isJava = keptIn?.by === 'java-key-store';
  const usual = authority === null ? selfSigned(holder, now, isJava) : signed(holder, now, authority);
  const { certificate } = await issue({ ...usual, ...changes });
  const isSelf = certificate.issuer === certificate.subject;
  const chain = [certificate, ...(authority === null || isSelf ? [] : [authority.intermediate.certificate])];
  return { chain, key: changes.key ?? holder.key };
}

/** What the installer of CVP writes: the short name, and no alternative one. */
export function freshNames({ id }: Pick<Holder, 'id'>): Pick<Wanted, 'commonName' | 'names' | 'issuer'> {
  return { commonName: id, names: null, issuer: 'self' };
}

/** keytool writes no extension but the key identifier and the names asked for; Windows writes the usages of a server. */
function selfSigned({ fqdn, key }: Holder, now: Date, isJava: boolean): Wanted {
  return {
    ...(isJava ? { keyUsage: null, extendedKeyUsage: null, basicConstraints: null } : asSigned),
    commonName: fqdn,
    names: [fqdn],
    notBefore: daysFrom(now, -90),
    notAfter: daysFrom(now, -90 + 3 * 365),
    key,
    issuer: 'self',
  };
}

function signed({ fqdn, key }: Holder, now: Date, authority: Authority): Wanted {
  return {
    ...asSigned,
    commonName: fqdn,
    names: [fqdn],
    notBefore: daysFrom(now, -60),
    notAfter: daysFrom(now, 305),
    key,
    issuer: authority.intermediate,
  };
}
