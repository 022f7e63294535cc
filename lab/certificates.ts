import type { MachineType } from '#model/names.ts';
import { asInstalled, asSigned, daysFrom, type Wanted } from './authority.ts';

/** Whose certificate it is. */
interface Holder {
  readonly type: MachineType;
  readonly fqdn: string;
}

/** Two years less a second on UCCX, as decoded from a real one; five years on the other VOS machines. */
function yearsOf(type: MachineType): number {
  return type === 'UCCX_PUBLISHER' || type === 'UCCX_SUBSCRIBER' ? 2 : 5; // inferred: five years on CCP
}

/** The self-signed tomcat certificate that a machine makes for itself, with changes. */
export function selfSignedCertificate(
  holder: Holder,
  now: Date,
  changes: Partial<Wanted> & Pick<Wanted, 'key'>,
): Wanted {
  const notBefore = changes.notBefore ?? daysFrom(now, -90);
  return {
    ...asInstalled,
    commonName: holder.fqdn,
    names: [holder.fqdn],
    notBefore,
    notAfter: new Date(daysFrom(notBefore, yearsOf(holder.type) * 365).getTime() - 1000),
    ...changes,
    issuer: 'self',
  };
}

/** The tomcat certificate that a CA made from a machine's request, with changes. */
export function signedCertificate(
  holder: Holder,
  now: Date,
  changes: Partial<Wanted> & Pick<Wanted, 'key' | 'issuer'>,
): Wanted {
  const { fqdn } = holder;
  return {
    ...asSigned,
    commonName: fqdn,
    // The request of a VOS machine names its domain and itself (Certificate Authority Signed Certificates, technote 115957).
    names: [fqdn.slice(fqdn.indexOf('.') + 1), fqdn],
    notBefore: daysFrom(now, -60),
    notAfter: daysFrom(now, 305),
    ...changes,
  };
}
