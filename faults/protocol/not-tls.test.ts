import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { notTls } from './not-tls.ts';

testFault(notTls, {
  present: [
    {
      name: 'HTTP',
      ports: { 443: { speech: 'http', firstBytes: 'HTTP/1.1 400 Bad Request\r\n' } },
      because: /speaks plain HTTP/,
    },
    { name: 'SSH', ports: { 443: { speech: 'ssh', firstBytes: 'SSH-2.0-OpenSSH_9.6\r\n' } }, because: /speaks SSH/ },
    { name: 'SMTP', ports: { 443: { speech: 'smtp', firstBytes: '220 mail\r\n' } }, because: /speaks SMTP/ },
    { name: 'XMPP', ports: { 5223: { speech: 'xmpp', firstBytes: '<stream:stream>' } }, because: /speaks plain XMPP/ },
    { name: 'an optional port', ports: { 7443: { speech: 'http', firstBytes: 'HTTP/1.1' } } },
    { name: 'silence', ports: { 443: { speech: 'unknown', firstBytes: '' } }, severity: 'critical' },
  ],
  absent: [
    { name: 'TLS', presents: [certificate()] },
    { name: 'TLS with an empty list', presents: [] },
  ],
  notApplicable: [
    { name: 'refused', ports: { 443: 'refused' }, because: /nothing listens/ },
    { name: 'closed, and documented as closed', ports: { 7443: 'refused' }, because: /BOSH is off/ },
  ],
  inconclusive: [
    {
      name: 'unreachable',
      ports: { 443: { reason: 'host-unreachable', code: 'EHOSTUNREACH' } },
      reason: 'host-unreachable',
    },
  ],
});
