import type { KeyObject, X509Certificate } from 'node:crypto';

export const storeNames = ['My', 'Root', 'CA', 'WebHosting'] as const;
export type StoreName = (typeof storeNames)[number];

export interface StoreItem {
  readonly certificate: X509Certificate;
  /** Null where the machine has no private key for it. */
  readonly key: KeyObject | null;
  readonly friendlyName: string;
}

/** SHA-1 of the certificate, forty digits in capitals, as Windows shows it. */
export function thumbprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '');
}

/** Names of X.500 as Windows writes them: the last first, `CN=aw1, OU=Contact Center, …`. */
export function windowsName(name: string): string {
  const written = name.split('\n').reverse();
  // ST is S there.
  return written.map((part) => part.replace(/^ST=/, 'S=')).join(', ');
}

export function storeNameOf(text: string): StoreName | undefined {
  return storeNames.find((name) => name.toLowerCase() === text.toLowerCase());
}

/** The certificate stores of LocalMachine. Each holds a certificate once. */
export class CertificateStore {
  /** Keys of requests that wait for their reply. */
  pendingKeys: readonly KeyObject[] = [];
  readonly #stores = new Map<StoreName, readonly StoreItem[]>(storeNames.map((name) => [name, []]));

  items(store: StoreName): readonly StoreItem[] {
    return this.#stores.get(store) ?? [];
  }

  find(store: StoreName, thumbprint: string): StoreItem | undefined {
    return this.items(store).find(({ certificate }) => thumbprintOf(certificate) === thumbprint.toUpperCase());
  }

  put(store: StoreName, certificate: X509Certificate, key: KeyObject | null = null, friendlyName = ''): StoreItem {
    const held = this.find(store, thumbprintOf(certificate));
    const item = {
      certificate,
      key: key ?? held?.key ?? null,
      friendlyName: friendlyName || (held?.friendlyName ?? ''),
    };
    const others = this.items(store).filter((each) => each !== held);
    this.#stores.set(store, [...others, item]);
    return item;
  }

  delete(store: StoreName, thumbprint: string): boolean {
    const held = this.find(store, thumbprint);
    if (held === undefined) return false;
    this.#stores.set(
      store,
      this.items(store).filter((each) => each !== held),
    );
    return true;
  }

  /** The intermediates above a certificate, from Root and CA; the root is not sent. */
  issuersOf(certificate: X509Certificate): X509Certificate[] {
    const known = [...this.items('CA'), ...this.items('Root')].map((item) => item.certificate);
    const path: X509Certificate[] = [];
    for (let at = certificate; at.issuer !== at.subject;) {
      const issuer = known.find((each) => each.subject === at.issuer && at.verify(each.publicKey));
      if (issuer === undefined || issuer.issuer === issuer.subject) break;
      path.push(issuer);
      at = issuer;
    }
    return path;
  }

  snapshot(): ReadonlyMap<StoreName, readonly StoreItem[]> {
    return new Map(this.#stores);
  }

  restore(snapshot: ReadonlyMap<StoreName, readonly StoreItem[]>): void {
    for (const [name, items] of snapshot) this.#stores.set(name, items);
  }
}
