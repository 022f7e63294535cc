import type { Identity } from '../../authority.ts';
import type { Place } from '../listen.ts';
import type { SignIn } from '../sign-in.ts';
import { closed, TlsPort } from '../tls-port.ts';
import { usualCaManners, type CaManners, type CertificationAuthority } from './certification-authority.ts';
import { enrolmentPages } from './enrolment.ts';

export interface WindowsCaOptions {
  readonly fqdn: string;
  readonly place: Place;
  readonly ca: CertificationAuthority;
  /** What its web server presents. */
  readonly identity: Identity;
  readonly signIn: SignIn;
}

/** A Windows machine with Active Directory Certificate Services and their web enrolment on 443. */
export class WindowsCa {
  readonly fqdn: string;
  readonly ca: CertificationAuthority;
  readonly #signIn: SignIn;
  readonly #identity: Identity;
  readonly #port: TlsPort;

  constructor({ fqdn, place, ca, identity, signIn }: WindowsCaOptions) {
    this.fqdn = fqdn;
    this.ca = ca;
    this.#identity = identity;
    this.#signIn = signIn;
    this.#port = new TlsPort(443, place, {
      speaks: 'http',
      answer: enrolmentPages({ fqdn, ca, signIn }),
      upgrade: (_request, socket) => socket.destroy(),
    });
  }

  get place(): Place {
    return this.#port.place;
  }

  async start(): Promise<void> {
    const { certificate, key } = this.#identity;
    const certificates = [certificate, this.ca.authority.intermediate.certificate];
    await this.#port.present({ as: 'tls', key: key.privateKey, certificates });
  }

  /** As it was: nobody has sent anything in since. */
  reset(manners: Partial<CaManners>): void {
    this.#signIn.unlock();
    this.ca.manners = { ...usualCaManners, ...manners };
    this.ca.forget();
  }

  async stop(): Promise<void> {
    this.ca.forget();
    await this.#port.present(closed);
  }
}
