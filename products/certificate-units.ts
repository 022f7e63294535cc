import type { MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import { productOf } from './index.ts';
import { isInRange, type ReleaseRange } from './release.ts';
import { cisco } from './sources.ts';

/** One purpose under which a VOS machine keeps a certificate of its own, as Certificate Management lists it. */
export interface CertificateUnit {
  readonly name: string;
  /** The trust store that goes with it. */
  readonly trust: string;
  readonly key: 'rsa' | 'ec';
  readonly releases?: ReleaseRange;
  readonly sources: Sources;
}

const platformUnits: readonly CertificateUnit[] = [
  {
    name: 'tomcat',
    trust: 'tomcat-trust',
    key: 'rsa',
    sources: [cisco.uccxOperatingSystem('Certificate names: tomcat')],
  },
  {
    name: 'ipsec',
    trust: 'ipsec-trust',
    key: 'rsa',
    sources: [cisco.uccxOperatingSystem('Certificate names: ipsec'), cisco.uccxSecurity('FIPS: regenerate ipsec')],
  },
];

const tomcatEcdsa: CertificateUnit = {
  name: 'tomcat-ECDSA',
  trust: 'tomcat-trust',
  key: 'ec',
  sources: [cisco.uccxEcdsa('tomcat-ECDSA, on all VOS products')],
};

const callManagerUnits: readonly CertificateUnit[] = [
  { ...tomcatEcdsa, releases: { from: '11.5' } },
  {
    name: 'CallManager',
    trust: 'CallManager-trust',
    key: 'rsa',
    sources: [cisco.cucmCaSigned('CallManager'), cisco.cucmReplication('CHANGE_NOTIFICATION_UNIT')],
  },
  {
    name: 'CallManager-ECDSA',
    trust: 'CallManager-trust',
    key: 'ec',
    releases: { from: '11.5' },
    sources: [cisco.cucmKeyLengths('Certificate types: the first release is inferred', 'seen in public code')],
  },
  { name: 'CAPF', trust: 'CAPF-trust', key: 'rsa', sources: [cisco.cucmKeyLengths('Certificate types: CAPF')] },
  { name: 'TVS', trust: 'TVS-trust', key: 'rsa', sources: [cisco.cucmKeyLengths('Certificate types: TVS')] },
  {
    name: 'ITLRecovery',
    trust: 'CallManager-trust',
    key: 'rsa',
    releases: { from: '12.0' },
    sources: [cisco.cucmKeyLengths('Certificate types: that its trust store is this one', 'inferred')],
  },
];

/** Trust stores of CUCM without an identity of their own. */
const callManagerTrust = ['Phone-trust', 'Phone-SAST-trust', 'directory-trust'];

function isCallManager(type: MachineType): boolean {
  return type === 'CM_PUBLISHER' || type === 'CM_SUBSCRIBER';
}

/** The units of a machine of this type and release, in the order they are listed; none where it is not on VOS. */
export function certificateUnitsOf(type: MachineType, release: string): readonly CertificateUnit[] {
  const { platform, ecdsa } = productOf(type);
  if (platform !== 'vos') return [];
  if (isCallManager(type)) {
    return [...platformUnits, ...callManagerUnits].filter(
      ({ releases }) => isInRange(release, releases ?? {}) === true,
    );
  }
  const hasEcdsa = ecdsa?.releases.some((range) => isInRange(release, range) === true) === true;
  return hasEcdsa ? [...platformUnits, tomcatEcdsa] : platformUnits;
}

/** The trust stores of a machine of this type and release. */
export function trustStoresOf(type: MachineType, release: string): readonly string[] {
  const paired = certificateUnitsOf(type, release).map(({ trust }) => trust);
  return [...new Set([...paired, ...(isCallManager(type) ? callManagerTrust : [])])];
}

/**
 * Whether the machine has the certificate API: CUCM from 14 on (Certificate Management API, developer.cisco.com). No document
 * says that contact-centre machines have it.
 */
export function hasCertificateApi(type: MachineType, release: string | null): boolean {
  return isCallManager(type) && isInRange(release, { from: '14.0' }) === true;
}
