import type { X509Certificate } from 'node:crypto';
import type { MachineType } from '#model/names.ts';
import { certificateUnitsOf, trustStoresOf } from '#products/certificate-units.ts';
import { daysFrom, issue, newKey, type KeyKind } from '../../authority.ts';
import { selfSignedCertificate } from '../../certificates.ts';
import type { CertificationRequest } from '../../request.ts';
import { CertificateUnit, type UnitIdentity } from './certificate-unit.ts';
import { TrustStore } from './trust-store.ts';

/** Whose certificates they are; name and release may change. */
interface Holder {
  readonly type: MachineType;
  readonly fqdn: string;
  readonly release: string;
  readonly now: () => Date;
}

/** All that lies on disk, to come back to. */
export interface UnitsSnapshot {
  readonly held: ReadonlyMap<string, UnitIdentity | null>;
  readonly requests: ReadonlyMap<string, CertificationRequest | null>;
  readonly trust: ReadonlyMap<string, readonly X509Certificate[]>;
}

/** `-EC` after the host, as the ECDSA entries of tomcat-trust are named. */
export function ecName(fqdn: string): string {
  return fqdn.replace(/^[^.]+/, '$&-EC');
}

/** Every unit and trust store of a VOS machine. Which of them it has depends on its release. */
export class CertificateUnits {
  readonly tomcat: CertificateUnit;
  readonly #holder: Holder;
  readonly #units = new Map<string, CertificateUnit>();
  readonly #stores = new Map<string, TrustStore>();

  constructor(holder: Holder, tomcat: UnitIdentity) {
    this.#holder = holder;
    this.tomcat = this.#unit({ name: 'tomcat', trust: 'tomcat-trust', key: 'rsa' });
    this.tomcat.hold(tomcat);
  }

  /** In the order they are listed. */
  get all(): readonly CertificateUnit[] {
    return certificateUnitsOf(this.#holder.type, this.#holder.release).map((fact) => this.#unit(fact));
  }

  get(name: string): CertificateUnit | undefined {
    return this.all.find((unit) => unit.name === name);
  }

  /** Name and store, in the order they are listed. */
  get stores(): readonly (readonly [name: string, store: TrustStore])[] {
    return trustStoresOf(this.#holder.type, this.#holder.release).map((name) => [name, this.#store(name)] as const);
  }

  store(name: string): TrustStore | undefined {
    return this.stores.find(([own]) => own === name)?.[1];
  }

  snapshot(): UnitsSnapshot {
    const units = [...this.#units];
    return {
      held: new Map(units.map(([name, { held }]) => [name, held])),
      requests: new Map(units.map(([name, { request }]) => [name, request])),
      trust: new Map([...this.#stores].map(([name, { certificates }]) => [name, certificates])),
    };
  }

  restore(snapshot: UnitsSnapshot): void {
    for (const [name, unit] of this.#units) {
      unit.hold(snapshot.held.get(name) ?? null);
      unit.request = snapshot.requests.get(name) ?? null;
    }
    for (const [name, store] of this.#stores) store.replaceAll(snapshot.trust.get(name) ?? []);
  }

  #store(name: string): TrustStore {
    const store = this.#stores.get(name) ?? new TrustStore();
    this.#stores.set(name, store);
    return store;
  }

  #unit({ name, trust, key }: { name: string; trust: string; key: 'rsa' | 'ec' }): CertificateUnit {
    const known = this.#units.get(name);
    if (known !== undefined) return known;
    const kind: KeyKind = key === 'ec' ? { ec: 'P-384' } : { rsa: 2048 };
    const unit = new CertificateUnit({ name, trustName: trust }, this.#store(trust), kind, (wanted) =>
      this.#selfSigned(key, wanted),
    );
    this.#units.set(name, unit);
    return unit;
  }

  async #selfSigned(key: 'rsa' | 'ec', wanted: KeyKind): Promise<UnitIdentity> {
    const { fqdn, now } = this.#holder;
    const commonName = key === 'ec' ? ecName(fqdn) : fqdn;
    return issue(
      selfSignedCertificate(this.#holder, now(), {
        key: await newKey(wanted),
        commonName,
        names: key === 'ec' ? [commonName, fqdn] : [fqdn], // inferred: that both names stand there
        notBefore: daysFrom(now(), 0),
      }),
    );
  }
}
