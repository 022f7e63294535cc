import type { Sha256 } from '#model/names.ts';
import { isReadable, readCertificate, type Certificate, type Malformed } from './certificate.ts';

/** Certificates by SHA-256, each read once however often it was presented. */
export class CertificateBook {
  readonly #der: Readonly<Record<string, string>>;
  readonly #read = new Map<Sha256, Certificate | Malformed>();
  #all: readonly Certificate[] | undefined;

  /** `der`: SHA-256 to base64 DER, as `Run.certificates` holds them. */
  constructor(der: Readonly<Record<string, string>>) {
    this.#der = der;
  }

  /** The certificate of this digest. Throws when the record lacks it: a run that names a certificate holds it. */
  get(digest: Sha256): Certificate | Malformed {
    const known = this.#read.get(digest);
    if (known !== undefined) return known;
    const base64 = this.#der[digest];
    if (base64 === undefined) throw new Error(`the run names certificate ${digest} but does not hold it`);
    const certificate = readCertificate(Buffer.from(base64, 'base64'));
    this.#read.set(digest, certificate);
    return certificate;
  }

  /** Those of the digests that can be read, in order. */
  readable(digests: readonly Sha256[]): Certificate[] {
    return digests.map((digest) => this.get(digest)).filter(isReadable);
  }

  /** Every certificate of the record that can be read. */
  all(): readonly Certificate[] {
    this.#all ??= this.readable(Object.keys(this.#der) as Sha256[]);
    return this.#all;
  }
}
