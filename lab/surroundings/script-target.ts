import type { X509Certificate } from 'node:crypto';
import { MachineId } from '#model/names.ts';
import { asSigned, daysFrom, issue, newIntermediate, newKey, newRoot } from '../authority.ts';
import { domain } from '../deployments.ts';
import type { Place } from '../machines/listen.ts';
import { closed, TlsPort } from '../machines/tls-port.ts';
import { freePorts } from '../network.ts';

/** A server that scripts of UCCX call over https. It answers, and is in the inventory, from the time that a script calls it. */
export class ScriptTarget {
  readonly id = MachineId.parse('crm1');
  readonly fqdn = `crm1.${domain}`;
  readonly #address: string;
  readonly #isMapped: boolean;
  readonly #now: () => Date;
  #port: TlsPort | null = null;

  constructor(address: string, isMapped: boolean, now: () => Date) {
    this.#address = address;
    this.#isMapped = isMapped;
    this.#now = now;
  }

  /** Null while no script calls it. */
  get place(): Place | null {
    return this.#port?.place ?? null;
  }

  /** Its certificate comes from an authority that no machine of the contact centre knows; gives the root of it. */
  async open(): Promise<X509Certificate> {
    await this.close();
    const [number = 443] = this.#isMapped ? await freePorts(1) : [443];
    const [root, key] = await Promise.all([newRoot(this.#now(), 'Customer Records Root'), newKey({ ec: 'P-256' })]);
    const issuer = await newIntermediate(root, {
      commonName: 'Customer Records CA',
      notBefore: daysFrom(this.#now(), -400),
      notAfter: daysFrom(this.#now(), 1400),
    });
    const { certificate } = await issue({
      ...asSigned,
      commonName: this.fqdn,
      names: [this.fqdn],
      notBefore: daysFrom(this.#now(), -30),
      notAfter: daysFrom(this.#now(), 335),
      key,
      issuer,
    });
    this.#port = new TlsPort(
      443,
      { address: this.#address, port: number },
      {
        speaks: 'http',
        answer: (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
        upgrade: (_request, socket) => socket.destroy(),
      },
    );
    await this.#port.present({ as: 'tls', certificates: [certificate, issuer.certificate], key: key.privateKey });
    return root.certificate;
  }

  /** What is returned brings it back to how it is now. */
  remember(): () => Promise<void> {
    const port = this.#port;
    const presented = port?.presents ?? closed;
    return async () => {
      if (this.#port !== port) await this.close();
      this.#port = port;
      await port?.present(presented);
    };
  }

  async close(): Promise<void> {
    await this.#port?.present(closed);
    this.#port = null;
  }
}
