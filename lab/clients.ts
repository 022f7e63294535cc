import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { ClientId } from '#model/names.ts';
import { writeCertificates } from './files.ts';

/** A client PC: the trust anchors it was given, and the single certificates its user accepted. */
export class ClientPc {
  readonly id: ClientId;
  anchors: readonly X509Certificate[] = [];
  accepted: readonly X509Certificate[] = [];

  constructor(id: string) {
    this.id = ClientId.parse(id);
  }

  accept(certificate: X509Certificate): void {
    this.accepted = [...this.accepted, certificate];
  }

  forget(certificate: X509Certificate): void {
    this.accepted = this.accepted.filter(({ fingerprint256 }) => fingerprint256 !== certificate.fingerprint256);
  }

  /** Where its files lie, relative to the inventory; only those that hold something. */
  get files(): { anchors?: string; accepted?: string } {
    return {
      ...(this.anchors.length === 0 ? {} : { anchors: `clients/${this.id}/anchors.pem` }),
      ...(this.accepted.length === 0 ? {} : { accepted: `clients/${this.id}/accepted.pem` }),
    };
  }

  async write(folder: string): Promise<void> {
    await writeCertificates(join(folder, 'clients', this.id, 'anchors.pem'), this.anchors);
    await writeCertificates(join(folder, 'clients', this.id, 'accepted.pem'), this.accepted);
  }
}
