import type { FaultId } from '#faults/index.ts';
import type { Source } from '#model/source.ts';
import { cisco } from '#products/sources.ts';

/** Why no plan puts a fault right, and what a person does where that is more than the fault itself advises. */
export interface LeftToPeople {
  readonly because: string;
  readonly todo?: string;
  /** The documents in which a way was looked for, and not found. */
  readonly lookedAt?: readonly Source[];
}

const sentList: LeftToPeople = {
  because:
    'no document says from what this machine puts together the list that it sends, so no step is known to change it',
  todo: 'With its next signed certificate: root first, then each intermediate, one file each, into the trust store; then the certificate alone. Restart what presents it, and look again. A new key for this alone is not worth it.',
  lookedAt: [
    cisco.uccxOperatingSystem('Security: upload of a certificate or of a chain'),
    cisco.uccxCli('set cert import'),
    cisco.uccxCertificates('Signed certificates'),
    cisco.cucmCaSigned('tomcat'),
  ],
};

const reasons: Readonly<Partial<Record<FaultId, LeftToPeople>>> = {
  'certificate-list-out-of-order': sentList,
  'certificate-list-superfluous': sentList,
  'trust-anchor-sent': {
    because: 'nothing stops for it, and what would take the root out of the list no document says',
    lookedAt: sentList.lookedAt ?? [],
  },
  'legacy-protocol-accepted': {
    because: 'no document of Cisco says how machines of this sort are told the least version',
    todo: 'Ask the support of the product before anything is set: Schannel of Windows and java.security of Java have settings of their own, which every program on the machine shares.',
    lookedAt: [cisco.cceInstallCli125('Transport Layer Security CLI Commands: for VOS alone')],
  },
  'modern-protocol-refused': {
    because: 'no command sets the newest version that a machine speaks: that comes with its software',
    lookedAt: [cisco.uccxCli('set tls server min-version'), cisco.cucmCli('set tls min-version')],
  },
  'weak-diffie-hellman': {
    because: 'no command sets the group of a service: that comes with its software',
    lookedAt: [cisco.uccxCli('set tls'), cisco.uccxSecurity('Ciphers')],
  },
  'client-certificate-requested': {
    because: 'whether a reverse proxy has to prove itself here, only the people who run it know',
  },
  'client-authentication-sunset': {
    because: 'it is decided before the next renewal, and by the authority',
  },
  'clock-skew': { because: 'the time comes from time servers, which are no part of the plan' },
  'name-not-resolved': { because: 'names are kept by name servers, which are no part of the plan' },
  'reverse-name-differs': { because: 'names are kept by name servers, which are no part of the plan' },
  'service-not-listening': {
    because: 'why a service does not run is to be found on the machine, and starting it may be wrong',
  },
  'not-tls': { because: 'which program holds the port is to be found on the machine' },
  'keystore-format-wrong': { because: 'which copy of the key store is the right one, only its people know' },
  'key-password-differs': { because: 'the password of the key is known to the person alone who gave it' },
};

/** By fault: those without a remediation, and those whose remediations are not for every sort of machine. Held against both lists by test. */
export const leftToPeople: ReadonlyMap<string, LeftToPeople> = new Map(Object.entries(reasons));
