import { authority, certificate, rsaKey, rsaKeyOf } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { ecdsaCertificateFromRsaAuthority } from './ecdsa-certificate-from-rsa-authority.ts';

const rsaAuthority = authority('RSA CA', { key: rsaKey() });
const ccp = { type: 'CCP', release: '11.5(1)' } as const;
const mixed = certificate({ issuer: rsaAuthority });

testFault(ecdsaCertificateFromRsaAuthority, {
  present: [
    { name: 'EC below RSA', machine: ccp, presents: [mixed, rsaAuthority], severity: 'major', at: mixed },
    { name: 'in the last release', machine: { ...ccp, release: '11.5(1)SU1' }, presents: [mixed] },
  ],
  absent: [
    { name: 'EC below EC', machine: ccp, presents: [certificate({ issuer: authority('EC CA') })] },
    { name: 'EC, self-signed', machine: ccp, presents: [certificate()] },
    { name: 'RSA below RSA', machine: ccp, presents: [certificate({ key: rsaKeyOf(2048), issuer: rsaAuthority })] },
  ],
  notApplicable: [
    { name: 'the next release, where ECDSA is gone', machine: { ...ccp, release: '11.6(1)' }, presents: [mixed] },
    { name: 'on UCCX', machine: { release: '11.5(1)' }, presents: [mixed], because: /not about/ },
  ],
  inconclusive: [{ name: 'nothing was sent', machine: ccp, presents: [], reason: 'certificate-unreadable' }],
});
