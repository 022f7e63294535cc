import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { clientAuthenticationMissing } from './client-authentication-missing.ts';

const { any, clientAuth, serverAuth } = keyPurpose;
const serverOnly = [certificate({ purposes: [serverAuth] })];

testFault(clientAuthenticationMissing, {
  present: [
    { name: 'servers only', presents: serverOnly, severity: 'notice' },
    { name: 'on CUCM', machine: { type: 'CM_PUBLISHER' }, presents: serverOnly },
  ],
  absent: [
    { name: 'no extKeyUsage', presents: [certificate()] },
    { name: 'both', presents: [certificate({ purposes: [serverAuth, clientAuth] })] },
    { name: 'anyExtendedKeyUsage', presents: [certificate({ purposes: [any] })] },
  ],
  notApplicable: [{ name: 'a server of somebody else', machine: { type: 'SCRIPT_TARGET' }, presents: serverOnly }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
