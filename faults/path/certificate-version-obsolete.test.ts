import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateVersionObsolete } from './certificate-version-obsolete.ts';

const old = certificate({ version: 1 });
const root = authority('Root CA', { version: 1 });

testFault(certificateVersionObsolete, {
  present: [
    { name: 'version 1', presents: [old], severity: 'minor', because: /version 1/, at: old },
    { name: 'version 2', presents: [certificate({ version: 2 })], because: /version 2/ },
    { name: 'version 1 below an authority', presents: [certificate({ version: 1, issuer: root }), root] },
  ],
  absent: [
    { name: 'version 3', presents: [certificate()] },
    { name: 'a root of version 1', presents: [certificate({ issuer: root }), root] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
