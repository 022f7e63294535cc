import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { caCertificateAsEndEntity } from './ca-certificate-as-end-entity.ts';

const root = authority('Root CA');
/** For certificates and lists of revoked ones alone, as authorities are. */
const strictRoot = authority('Root CA', { keyUsage: [1, 0x06] });
const subordinate = certificate({ issuer: root, ca: true });

testFault(caCertificateAsEndEntity, {
  present: [
    { name: 'a CA below the root', presents: [subordinate, root], severity: 'major', at: subordinate },
    { name: 'with path length 0', presents: [certificate({ issuer: root, ca: 0 })] },
    {
      name: 'the root itself',
      presents: [strictRoot],
      severity: 'critical',
      at: strictRoot,
      because: /^Root CA.* is the certificate of an authority, not of a server$/,
      advice: /^Take the certificate that the authority issued for the request/,
    },
    {
      name: 'the root in place of the answer',
      files: [{ content: strictRoot.der }],
      unit: 'tomcat',
      severity: 'critical',
    },
  ],
  absent: [
    { name: 'without basicConstraints', presents: [certificate({ issuer: root }), root] },
    { name: 'cA is FALSE', presents: [certificate({ issuer: root, ca: false })] },
  ],
  notApplicable: [
    { name: 'self-signed, as a VOS machine makes it', presents: [certificate({ ca: 0 })] },
    {
      name: 'self-signed, for certificates alone and no CA',
      presents: [certificate({ ca: false, keyUsage: [1, 0x06] })],
    },
    { name: 'self-signed, for servers and certificates', presents: [certificate({ ca: 0, keyUsage: [2, 0xb4] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
