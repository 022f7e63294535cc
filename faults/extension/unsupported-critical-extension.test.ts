import { certificate, tlv } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { unsupportedCriticalExtension } from './unsupported-critical-extension.ts';

const [keyUsage, basicConstraints, extKeyUsage] = ['2.5.29.15', '2.5.29.19', '2.5.29.37'];
const critical = (...oids: string[]): ReturnType<typeof certificate>[] => [
  certificate({
    ca: false,
    purposes: [keyPurpose.serverAuth],
    extensions: [{ oid: keyUsage, value: tlv(0x03, Buffer.from([5, 0xa0])) }],
    critical: oids,
  }),
];
const cucm = { type: 'CM_PUBLISHER' } as const;

testFault(unsupportedCriticalExtension, {
  present: [
    {
      name: 'extKeyUsage',
      machine: cucm,
      presents: critical(extKeyUsage),
      severity: 'critical',
      because: /^extKeyUsage/,
    },
    {
      name: 'extKeyUsage besides keyUsage',
      machine: cucm,
      presents: critical(keyUsage, extKeyUsage),
      severity: 'critical',
    },
    { name: 'subjectAltName, on a subscriber', machine: { type: 'CM_SUBSCRIBER' }, presents: critical('2.5.29.17') },
    { name: 'none', machine: cucm, presents: critical(), severity: 'notice' },
    { name: 'a target of the command line', deployment: null, machine: cucm, presents: critical(extKeyUsage) },
  ],
  absent: [
    { name: 'keyUsage', machine: cucm, presents: critical(keyUsage) },
    { name: 'keyUsage and basicConstraints', machine: cucm, presents: critical(keyUsage, basicConstraints) },
  ],
  notApplicable: [
    { name: 'on UCCX', presents: critical(extKeyUsage), because: /not about a Cisco Unified Contact Center Express/ },
    {
      name: 'a deployment without UCCX',
      deployment: 'PCCE',
      machine: cucm,
      presents: critical(extKeyUsage),
      because: /deployment is PCCE/,
    },
    { name: 'on a TLS server', machine: { type: 'TLS_SERVER' }, presents: critical(extKeyUsage) },
  ],
  inconclusive: [{ name: 'refused', machine: cucm, ports: { 8443: 'refused' }, reason: 'connection-refused' }],
});
