import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { subjectAlternativeNameMissing } from './subject-alternative-name-missing.ts';

const without = certificate({ dns: null });

testFault(subjectAlternativeNameMissing, {
  present: [
    { name: 'none', presents: [without], at: without },
    { name: 'no extension at all', presents: [certificate({ dns: null, keyIdentifiers: false })] },
    { name: 'nor a subject', presents: [certificate({ dns: null, commonName: [] })] },
  ],
  absent: [
    { name: 'one name', presents: [certificate()] },
    { name: 'an address only', presents: [certificate({ dns: null, ip: [[192, 0, 2, 11]] })] },
    { name: 'empty: another fault', presents: [certificate({ dns: [] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
