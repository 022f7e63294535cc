import type { KeyLengthRule } from './product.ts';
import { cisco } from './sources.ts';

/** The UCCX solution: the certificate guide and the operating system guide disagree from 12.5(1)SU2 on. */
export const expressKeyLengths: readonly KeyLengthRule[] = [
  {
    releases: { before: '12.5(1)SU2' },
    longest: 2048,
    severity: 'minor',
    because: 'no guide of the release supports more than 2048',
    sources: [cisco.uccxCertificates('Key length 1024 or 2048')],
  },
  {
    releases: { from: '12.5(1)SU2' },
    longest: 2048,
    severity: 'notice',
    because: 'the two guides disagree whether the release supports it',
    sources: [cisco.uccxCertificates('Key length 1024 or 2048'), cisco.uccxOperatingSystem('Generate CSR: key length')],
  },
];

/** The key store of CVP, of its Reporting Server and of its Operations Console. */
export const cvpKeyLengths: readonly KeyLengthRule[] = [
  {
    releases: { from: '12.5' },
    longest: 2048,
    severity: 'notice',
    because: 'the guides of CVP name RSA with 2048 bits and no other length',
    sources: [
      cisco.pcceCertificates('keytool -genkeypair with -keysize 2048'),
      cisco.cvpSecurity('That no other length is meant', 'inferred'),
    ],
  },
];
