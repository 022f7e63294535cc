import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { commonNameDiffersFromInventory } from './common-name-differs-from-inventory.ts';

const named = (...commonName: string[]): ReturnType<typeof certificate>[] => [
  certificate({ commonName, dns: ['uccx1.example.com'] }),
];
const finesse = { type: 'FINESSE_PRIMARY' } as const;
const reporting = { type: 'CVP_REPORTING' } as const;
const pcce = { deployment: 'PCCE' } as const;

testFault(commonNameDiffersFromInventory, {
  present: [
    {
      name: 'multi-server',
      ...pcce,
      machine: finesse,
      presents: named('uccx1-ms.example.com'),
      severity: 'major',
      because: /uccx1-ms\.example\.com, that of a multi-server certificate; the inventory says uccx1\.example\.com/,
    },
    { name: 'the short name, as a fresh CVP has it', ...pcce, machine: reporting, ports: { 8111: named('uccx1') } },
    { name: 'another host', ...pcce, machine: { type: 'IDS_SUBSCRIBER' }, presents: named('ids1.example.com') },
    {
      name: 'no common name',
      ...pcce,
      machine: finesse,
      presents: named(),
      because: /^the certificate has no common name/,
    },
    {
      name: 'another name, on its way to the machine',
      ...pcce,
      machine: reporting,
      files: [{ content: certificate({ commonName: 'cvprep' }).der }],
    },
  ],
  absent: [
    { name: 'the name', ...pcce, machine: finesse, presents: named('uccx1.example.com') },
    { name: 'in capitals and with a full stop', ...pcce, machine: finesse, presents: named('UCCX1.Example.com.') },
    { name: 'one of two', ...pcce, machine: finesse, presents: named('Finesse', 'uccx1.example.com') },
    { name: 'the Reporting Server', ...pcce, machine: reporting, ports: { 8111: named('uccx1.example.com') } },
  ],
  notApplicable: [
    {
      name: 'a UCCE',
      deployment: 'UCCE',
      machine: finesse,
      presents: named('uccx1-ms.example.com'),
      because: /about PCCE, and the deployment is UCCE/,
    },
    { name: 'a UCCX', machine: finesse, presents: named('uccx1-ms.example.com') },
    {
      name: 'a target of the command line',
      deployment: null,
      machine: finesse,
      presents: named('uccx1-ms.example.com'),
      because: /no inventory says/,
    },
    { name: 'no name', ...pcce, machine: { ...finesse, fqdn: null }, presents: named('uccx1-ms.example.com') },
    {
      name: 'a product that is not compared',
      ...pcce,
      machine: { type: 'CUIC_PUBLISHER' },
      presents: named('uccx1-ms.example.com'),
      because: /not about a Cisco Unified Intelligence Center/,
    },
  ],
  inconclusive: [
    { name: 'nothing was sent', ...pcce, machine: finesse, presents: [], reason: 'certificate-unreadable' },
  ],
});
