import { certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { previousCertificatePresented } from './previous-certificate-presented.ts';

const before = certificate({ notBefore: inDays(-90) });
const renewed = certificate({ notBefore: inDays(-1) });

testFault(previousCertificatePresented, {
  present: [
    {
      name: 'nothing was restarted',
      ports: { 443: [before], 8443: [before] },
      identities: { tomcat: renewed },
      severity: 'major',
      because: 'uccx1:443 presents a certificate that tomcat of uccx1 no longer holds',
      at: before,
    },
    {
      name: 'an alias of CVP',
      machine: { type: 'CVP', release: '12.6(2)' },
      ports: { 8111: [before] },
      identities: { wsm_certificate: renewed },
      because: /no longer holds/,
    },
  ],
  absent: [
    { name: 'the certificate of the store', presents: [renewed], identities: { tomcat: renewed } },
    { name: 'a newer one than the store holds', presents: [renewed], identities: { tomcat: before } },
    {
      name: 'that of the unit for ECDSA',
      presents: [before],
      identities: { tomcat: renewed, 'tomcat-ECDSA': before },
    },
  ],
  notApplicable: [
    {
      name: 'another port shows the new one: the ports differ, which is a fault of its own',
      ports: { 443: [before], 8443: [renewed] },
      identities: { tomcat: renewed },
      because: /ports-present-different-certificates/,
    },
    { name: 'the store has none', presents: [before], identities: { tomcat: null }, because: /no certificate/ },
  ],
  inconclusive: [
    { name: 'the store was not read', presents: [before], reason: 'not-probed' },
    {
      name: 'the port was not reached',
      ports: { 443: 'refused' },
      identities: { tomcat: renewed },
      reason: 'connection-refused',
    },
  ],
});
