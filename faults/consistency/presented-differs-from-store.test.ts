import { certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { presentedDiffersFromStore } from './presented-differs-from-store.ts';

const before = certificate({ notBefore: inDays(-90) });
const renewed = certificate({ notBefore: inDays(-1) });
const foreign = certificate({ commonName: 'proxy.example.com', notBefore: inDays(-90) });

testFault(presentedDiffersFromStore, {
  present: [
    {
      name: 'the store was brought back',
      presents: [renewed],
      identities: { tomcat: before },
      severity: 'major',
      because: 'uccx1:443 presents another certificate than tomcat of uccx1 holds',
      at: renewed,
    },
    { name: 'somebody else answers', presents: [foreign], identities: { tomcat: renewed } },
  ],
  absent: [
    { name: 'the certificate of the store', presents: [renewed], identities: { tomcat: renewed } },
    { name: 'the one before it: that is another fault', presents: [before], identities: { tomcat: renewed } },
  ],
  notApplicable: [{ name: 'the store has none', presents: [before], identities: { tomcat: null } }],
  inconclusive: [
    {
      name: 'no credentials',
      presents: [before],
      identities: { tomcat: { reason: 'host-key-not-pinned', seen: 'SHA256:x' } },
      reason: 'host-key-not-pinned',
    },
  ],
});
