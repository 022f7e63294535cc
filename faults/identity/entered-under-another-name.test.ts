import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { enteredUnderAnotherName } from './entered-under-another-name.ts';

const own = certificate({ commonName: 'uccx1.example.com', dns: ['uccx1.example.com'] });
const short = certificate({ commonName: 'uccx1', dns: ['uccx1'] });
const entered = (oampName: string): { machine: { type: 'CVP'; oampName: string } } => ({
  machine: { type: 'CVP', oampName },
});

testFault(enteredUnderAnotherName, {
  present: [
    {
      name: 'a short name, even where the certificate has it',
      ...entered('uccx1'),
      ports: { 8111: [short] },
      because: /by its short name, uccx1$/,
    },
    { name: 'an address', ...entered('192.0.2.1'), ports: { 8111: [own] }, because: /by its address, 192\.0\.2\.1$/ },
    {
      name: 'its name, and a certificate without it',
      ...entered('uccx1.example.com'),
      ports: { 8111: [short] },
      at: short,
      because: /does not carry that name/,
    },
    { name: 'an alias that the certificate lacks', ...entered('cvp.example.com'), ports: { 8111: [own] } },
  ],
  absent: [
    { name: 'its name', ...entered('uccx1.example.com'), ports: { 8111: [own] } },
    { name: 'in capitals', ...entered('UCCX1.Example.com'), ports: { 8111: [own] } },
  ],
  notApplicable: [
    { name: 'nobody says', machine: { type: 'CVP' }, ports: { 8111: [own] }, because: /does not say/ },
    { name: 'another port', ...entered('uccx1'), ports: { 8443: [own] }, because: /another port/ },
    {
      name: 'another product',
      machine: { type: 'CUIC_PUBLISHER', oampName: 'uccx1' },
      presents: [own],
      because: /not about a/,
    },
  ],
  inconclusive: [
    { name: 'nothing was sent', ...entered('uccx1'), ports: { 8111: [] }, reason: 'certificate-unreadable' },
  ],
});
