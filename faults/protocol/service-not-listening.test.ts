import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { serviceNotListening } from './service-not-listening.ts';

testFault(serviceNotListening, {
  present: [
    { name: 'a port of agents', ports: { 8445: 'refused' }, severity: 'critical', because: /port 8445/ },
    { name: 'a port of administrators', ports: { 8443: 'refused' }, severity: 'major' },
    { name: 'a port of no document', ports: { 9999: 'refused' }, severity: 'major' },
    { name: 'BOSH before it became optional', machine: { release: '12.0(1)' }, ports: { 7443: 'refused' } },
    { name: 'a port that another product has as optional', ports: { 10443: 'refused' } },
  ],
  absent: [
    { name: 'TLS', presents: [certificate()] },
    { name: 'another protocol is another fault', ports: { 443: { speech: 'http', firstBytes: 'HTTP/1.1' } } },
  ],
  notApplicable: [
    { name: 'BOSH', ports: { 7443: 'refused' }, because: /^the port is closed: BOSH is off by default/ },
    { name: 'BOSH at the edge of the range', machine: { release: '12.5' }, ports: { 7443: 'refused' } },
    { name: 'BOSH of an unknown release', machine: { release: null }, ports: { 7443: 'refused' } },
    { name: 'the secured database', ports: { 9089: 'refused' } },
    { name: 'the webhook of CCP', machine: { type: 'CCP' }, ports: { 10443: 'refused' } },
  ],
  inconclusive: [
    {
      name: 'timed out',
      ports: { 443: { reason: 'timed-out', stage: 'connect', afterMs: 3000 } },
      reason: 'timed-out',
    },
    {
      name: 'no address',
      ports: { 7443: { reason: 'name-not-resolved', name: 'uccx1.example.com' } },
      reason: 'name-not-resolved',
    },
  ],
});
