import type { TlsPresentation } from '../tls-port.ts';
import type { CertificateUnit, UnitIdentity } from './certificate-unit.ts';
import type { CertificateUnits } from './certificate-units.ts';
import type { Settings } from './settings.ts';

interface Disk {
  readonly units: CertificateUnits;
  readonly identity: UnitIdentity;
  readonly settings: Settings;
}

const tlsNames = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2' } as const;

/** What every web server of a machine presents when it starts now. */
export function presentationOf({ units, identity, settings }: Disk): TlsPresentation {
  const rsa = credentialOf(units.tomcat, identity);
  const unit = units.get('tomcat-ECDSA');
  const ecdsa = unit?.held ? credentialOf(unit, unit.held) : null;
  const { certificateType, tlsFloor } = settings;
  return {
    as: 'tls',
    ...(certificateType === 'ecdsa' && ecdsa !== null ? ecdsa : rsa),
    ...(certificateType === 'both' && ecdsa !== null ? { second: ecdsa } : {}),
    ...(tlsFloor.server === '1.2' ? {} : { versions: [tlsNames[tlsFloor.server], 'TLSv1.3'] as const }),
  };
}

function credentialOf(unit: CertificateUnit, identity: UnitIdentity): Pick<TlsPresentation, 'key' | 'certificates'> {
  const { certificate, key, sentWith } = identity;
  return { key: key.privateKey, certificates: [certificate, ...(sentWith ?? unit.intermediatesOf(certificate))] };
}
