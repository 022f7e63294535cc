import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import * as asn1 from '@peculiar/x509';
import { algorithmOf, commonNameOf, daysFrom, type Authority } from '../authority.ts';
import { listen, type Place } from '../machines/listen.ts';

/** A certificate that the CA has taken back. */
export interface Revoked {
  readonly certificate: X509Certificate;
  readonly at: Date;
}

/** id-ce-cRLDistributionPoints. */
const distributionPoints = '2.5.29.31';

/**
 * What the CA of a signed lab has revoked, where AD CS publishes it: http://SERVER/CertEnroll/CA.crl (defaults of "Configure the
 * CDP and AIA extensions" of Microsoft). The server goes by its address, for the names of the lab are in no DNS.
 */
export class RevocationList {
  revoked: readonly Revoked[] = [];
  readonly #authority: Authority;
  readonly #now: () => Date;
  #place: Place;
  #server: Server | null = null;

  constructor(authority: Authority, wanted: Place, now: () => Date) {
    this.#authority = authority;
    this.#place = wanted;
    this.#now = now;
  }

  /** The extension of a certificate that says where the list is. */
  get extension(): { readonly oid: string; readonly critical: boolean; readonly value: Buffer } {
    const { value } = new asn1.CRLDistributionPointsExtension([this.url]);
    return { oid: distributionPoints, critical: false, value: Buffer.from(value) };
  }

  get url(): string {
    const { address, port } = this.#place;
    return `http://${address}${port === 80 ? '' : `:${String(port)}`}${this.#path}`;
  }

  get #path(): string {
    return `/CertEnroll/${encodeURIComponent(commonNameOf(this.#authority.intermediate.certificate))}.crl`;
  }

  revoke(certificate: X509Certificate, at: Date): void {
    this.revoked = [...this.revoked, { certificate, at }];
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      if (request.url !== this.#path) {
        response.writeHead(404).end();
        return;
      }
      void this.#list().then((list) => response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(list));
    });
    this.#place = await listen(server, this.#place);
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const gone = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await gone;
  }

  /** The list of today, in DER: RFC 5280 section 5. */
  async #list(): Promise<Buffer> {
    const { certificate, key } = this.#authority.intermediate;
    const algorithm = algorithmOf(key.privateKey, 'SHA-256');
    const issuer = new asn1.X509Certificate(new Uint8Array(certificate.raw));
    const list = await asn1.X509CrlGenerator.create({
      issuer: issuer.subjectName.toJSON(),
      thisUpdate: daysFrom(this.#now(), -1),
      nextUpdate: daysFrom(this.#now(), 6),
      signingAlgorithm: algorithm,
      signingKey: key.privateKey.toCryptoKey(algorithm, false, ['sign']) as CryptoKey,
      entries: this.revoked.map(({ certificate: { serialNumber }, at }) => ({
        serialNumber,
        revocationDate: at,
        reason: asn1.X509CrlReason.superseded,
      })),
    });
    return Buffer.from(list.rawData);
  }
}
