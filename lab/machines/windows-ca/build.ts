import { issue, newAuthority, newKey, type Authority } from '../../authority.ts';
import { signedCertificate } from '../../certificates.ts';
import type { Place } from '../listen.ts';
import type { SignIn } from '../sign-in.ts';
import { CertificationAuthority, usualCaManners, type CaManners } from './certification-authority.ts';
import { WindowsCa } from './machine.ts';

export interface WindowsCaWanted {
  readonly fqdn: string;
  readonly place: Place;
  /** The CA that issues; null: one of its own. */
  readonly authority: Authority | null;
  readonly manners: Partial<CaManners>;
  readonly now: () => Date;
  readonly signIn: SignIn;
}

/** Makes a Windows CA: its own web server has a certificate that it issued itself. */
export async function newWindowsCa(wanted: WindowsCaWanted): Promise<WindowsCa> {
  const { fqdn, place, now, signIn } = wanted;
  const [authority, key] = await Promise.all([wanted.authority ?? newAuthority(now()), newKey({ ec: 'P-256' })]);
  const holder = { type: 'TLS_SERVER', fqdn } as const;
  const identity = await issue(
    signedCertificate(holder, now(), { key, issuer: authority.intermediate, names: [fqdn] }),
  );
  const ca = new CertificationAuthority(authority, { ...usualCaManners, ...wanted.manners }, now);
  return new WindowsCa({ fqdn, place, ca, identity, signIn });
}
