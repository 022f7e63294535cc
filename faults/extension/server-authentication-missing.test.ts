import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { serverAuthenticationMissing } from './server-authentication-missing.ts';

const { any, clientAuth, serverAuth } = keyPurpose;

testFault(serverAuthenticationMissing, {
  present: [
    { name: 'clients only', presents: [certificate({ purposes: [clientAuth] })], severity: 'critical' },
    { name: 'a purpose nobody knows', presents: [certificate({ purposes: ['2.999.1'] })] },
    { name: 'critical', presents: [certificate({ purposes: [clientAuth], critical: ['2.5.29.37'] })] },
  ],
  absent: [
    { name: 'no extKeyUsage', presents: [certificate()] },
    { name: 'servers', presents: [certificate({ purposes: [serverAuth] })] },
    { name: 'both, in either order', presents: [certificate({ purposes: [clientAuth, serverAuth] })] },
    { name: 'anyExtendedKeyUsage', presents: [certificate({ purposes: [any] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
