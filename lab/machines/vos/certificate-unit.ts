import type { X509Certificate } from 'node:crypto';
import type { KeyKind, Identity } from '../../authority.ts';
import { namesOf, newRequest, type CertificationRequest, type RequestWish } from '../../request.ts';
import { isKeyTooShort, type TrustStore } from './trust-store.ts';

/** The identity of a unit as it lies on disk. */
export interface UnitIdentity extends Identity {
  /** The certificates to send after its own, where they were uploaded as one file; else found in the trust store. */
  readonly sentWith?: readonly X509Certificate[];
}

/** Why a certificate was not taken as the identity. */
export type OwnRefused = 'no-request' | 'other-key' | 'key-too-short' | 'expired' | 'issuer-unknown' | 'other-names';

/** What became of a certificate that was offered as the identity. */
export type OwnImported = 'stored' | OwnRefused;

/** The names must be the same; their order is free. */
function areSameSet(left: readonly string[], right: readonly string[]): boolean {
  return [...new Set(left)].sort().join() === [...new Set(right)].sort().join();
}

/** Whether a certificate is issued by itself. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
}

/** One unit of a VOS machine: its identity, its trust store, and the one request that waits for its reply. */
export class CertificateUnit {
  readonly name: string;
  readonly trustName: string;
  readonly trust: TrustStore;
  readonly keyKind: KeyKind;
  /** A new request replaces the one before. */
  request: CertificationRequest | null = null;
  readonly #make: (key: KeyKind) => Promise<UnitIdentity>;
  #held: UnitIdentity | null = null;
  /** The one that was made because somebody asked: it has been there since the installation. */
  #installed: UnitIdentity | null = null;
  #making: Promise<UnitIdentity> | null = null;

  /** `make` gives a new self-signed identity. */
  constructor(
    names: { readonly name: string; readonly trustName: string },
    trust: TrustStore,
    keyKind: KeyKind,
    make: (key: KeyKind) => Promise<UnitIdentity>,
  ) {
    this.name = names.name;
    this.trustName = names.trustName;
    this.trust = trust;
    this.keyKind = keyKind;
    this.#make = make;
  }

  /** The identity, where anybody has asked for it or set it. */
  get held(): UnitIdentity | null {
    return this.#held;
  }

  /** With null: as installed. */
  hold(identity: UnitIdentity | null): void {
    this.#held = identity ?? this.#installed;
    this.#making = null;
  }

  /** The identity. One that nobody asked for before is made now: RSA keys take long. */
  async identity(): Promise<UnitIdentity> {
    if (this.#held !== null) return this.#held;
    const making = (this.#making ??= this.#make(this.keyKind));
    const made = await making;
    // A reset may have overtaken it.
    if (this.#making === making) this.hold((this.#installed = made));
    return this.held ?? made;
  }

  /** A new self-signed certificate over a new key. */
  async regenerate(key: KeyKind = this.keyKind): Promise<void> {
    this.hold(await this.#make(key));
  }

  /** A new key and a request for it. */
  async newRequest(wish: RequestWish): Promise<CertificationRequest> {
    this.request = await newRequest({ key: this.keyKind, ...wish });
    return this.request;
  }

  /** Uploads the reply to the request. The path to the root must be in the trust store already. */
  importOwn(certificate: X509Certificate, now: Date): OwnImported {
    const { request } = this;
    if (request === null) return 'no-request';
    if (!certificate.checkPrivateKey(request.key.privateKey)) return 'other-key';
    if (isKeyTooShort(certificate)) return 'key-too-short';
    if (certificate.validToDate < now) return 'expired';
    if (!this.#reachesRoot(certificate)) return 'issuer-unknown';
    // A request without names leaves them to the CA (SANs issue with a Third Party Signed Certificate, 200641).
    if (request.names.length > 0 && !areSameSet(namesOf(certificate), request.names)) return 'other-names';
    this.hold({ certificate, key: request.key });
    this.request = null;
    return 'stored';
  }

  /** The intermediates above a certificate, from the trust store; the root is not sent. */
  intermediatesOf(certificate: X509Certificate): X509Certificate[] {
    return this.#pathAbove(certificate).filter((issuer) => issuer.subject !== issuer.issuer);
  }

  #pathAbove(certificate: X509Certificate): X509Certificate[] {
    const path: X509Certificate[] = [];
    for (let at = certificate; at.issuer !== at.subject;) {
      const issuer = this.trust.certificates.find(
        (candidate) => candidate.subject === at.issuer && at.verify(candidate.publicKey),
      );
      // Two authorities that certify each other would lead in a circle.
      if (issuer === undefined || path.includes(issuer)) break;
      path.push(issuer);
      at = issuer;
    }
    return path;
  }

  #reachesRoot(certificate: X509Certificate): boolean {
    const top = this.#pathAbove(certificate).at(-1);
    return top !== undefined && top.subject === top.issuer;
  }
}
