import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { serverAuthenticationMissing } from './server-authentication-missing.ts';

const { any, clientAuth, serverAuth } = keyPurpose;

const root = authority('Root CA');
const forClients = authority('Clients CA', { issuer: root, purposes: [clientAuth] });
const forAll = authority('Clients CA', { issuer: root });

testFault(serverAuthenticationMissing, {
  present: [
    { name: 'clients only', presents: [certificate({ purposes: [clientAuth] })], severity: 'critical' },
    { name: 'a purpose nobody knows', presents: [certificate({ purposes: ['2.999.1'] })] },
    { name: 'critical', presents: [certificate({ purposes: [clientAuth], critical: ['2.5.29.37'] })] },
    {
      name: 'the issuer',
      presents: [certificate({ issuer: forClients, purposes: [serverAuth] }), forClients],
      at: forClients,
      because: /the issuer Clients CA/,
    },
  ],
  absent: [
    { name: 'cross-signed, the other may', presents: [certificate({ issuer: forClients }), forClients, forAll] },
    { name: 'no extKeyUsage', presents: [certificate()] },
    { name: 'servers', presents: [certificate({ purposes: [serverAuth] })] },
    { name: 'both, in either order', presents: [certificate({ purposes: [clientAuth, serverAuth] })] },
    { name: 'anyExtendedKeyUsage', presents: [certificate({ purposes: [any] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
