import { issue, newAuthority, newKey, type Authority } from '../../authority.ts';
import { signedCertificate } from '../../certificates.ts';
import { domain } from '../../deployments.ts';
import type { World } from '../../world.ts';
import { freePorts, networkPrefix } from '../../network.ts';
import type { Place } from '../listen.ts';
import { SignIn } from '../sign-in.ts';
import { CertificationAuthority, usualCaManners, type CaManners } from './certification-authority.ts';
import { WindowsCa } from './machine.ts';

/** The Windows CA of a lab, in its place beside the machines. */
export async function windowsCaBeside(lab: World, manners: Partial<CaManners>): Promise<WindowsCa> {
  const [port = 0] = lab.isMapped ? await freePorts(1) : [443];
  return newWindowsCa({
    fqdn: `ca1.${domain}`,
    place: { address: lab.isMapped ? '127.0.0.1' : `${networkPrefix(lab.network)}.0.5`, port },
    authority: lab.isSigned ? lab.authority : null,
    manners,
    now: lab.now,
    signIn: new SignIn(lab.administrator, lab.now),
  });
}

interface WindowsCaWanted {
  readonly fqdn: string;
  readonly place: Place;
  /** The CA that issues; null: one of its own. */
  readonly authority: Authority | null;
  readonly manners: Partial<CaManners>;
  readonly now: () => Date;
  readonly signIn: SignIn;
}

/** Makes a Windows CA: its own web server has a certificate that it issued itself. */
async function newWindowsCa(wanted: WindowsCaWanted): Promise<WindowsCa> {
  const { fqdn, place, now, signIn } = wanted;
  const [authority, key] = await Promise.all([wanted.authority ?? newAuthority(now()), newKey({ ec: 'P-256' })]);
  const holder = { type: 'TLS_SERVER', fqdn } as const;
  const identity = await issue(
    signedCertificate(holder, now(), { key, issuer: authority.intermediate, names: [fqdn] }),
  );
  const ca = new CertificationAuthority(authority, { ...usualCaManners, ...wanted.manners }, now);
  return new WindowsCa({ fqdn, place, ca, identity, signIn });
}
