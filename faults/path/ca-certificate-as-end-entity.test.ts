import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { caCertificateAsEndEntity } from './ca-certificate-as-end-entity.ts';

const root = authority('Root CA');
const subordinate = certificate({ issuer: root, ca: true });

testFault(caCertificateAsEndEntity, {
  present: [
    { name: 'a CA below the root', presents: [subordinate, root], severity: 'major', at: subordinate },
    { name: 'with path length 0', presents: [certificate({ issuer: root, ca: 0 })] },
  ],
  absent: [
    { name: 'without basicConstraints', presents: [certificate({ issuer: root }), root] },
    { name: 'cA is FALSE', presents: [certificate({ issuer: root, ca: false })] },
  ],
  notApplicable: [{ name: 'self-signed, as a VOS machine makes it', presents: [certificate({ ca: 0 })] }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
