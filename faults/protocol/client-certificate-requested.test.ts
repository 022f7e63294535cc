import { testFault } from '#tests/support/test-fault.ts';
import { clientCertificateRequested } from './client-certificate-requested.ts';

const sent = { request: 'sent', authorities: ['CN=Proxy CA'], without: 'completed' } as const;

testFault(clientCertificateRequested, {
  present: [
    { name: 'at a port of agents', clientCertificate: sent, severity: 'minor', because: /is asked for$/ },
    {
      name: 'required at a port of agents',
      clientCertificate: { ...sent, without: 'refused' },
      severity: 'major',
      because: /is required$/,
    },
    {
      name: 'required between machines',
      machine: { type: 'TLS_SERVER' },
      clientCertificate: { ...sent, without: 'refused' },
      severity: 'notice',
    },
    { name: 'of any authority', clientCertificate: { ...sent, authorities: [] } },
    {
      name: 'of more authorities than are shown, whose names break lines',
      clientCertificate: { ...sent, authorities: Array<string>(40).fill('CN=\nCA') },
    },
    { name: 'not tried without', clientCertificate: { ...sent, without: 'not-tried' }, severity: 'minor' },
  ],
  absent: [{ name: 'not asked for', clientCertificate: { request: 'none' } }],
  notApplicable: [{ name: 'a port closed as documented', ports: { 7443: 'refused' }, because: /^the port is closed/ }],
  inconclusive: [{ name: 'not seen', presents: [], reason: 'not-probed' }],
});
