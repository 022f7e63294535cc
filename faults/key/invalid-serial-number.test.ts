import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { invalidSerialNumber } from './invalid-serial-number.ts';

const negative = certificate({ serial: [0x80, 1] });
const octets = (count: number): number[] => Array.from({ length: count }, () => 0x7f);

testFault(invalidSerialNumber, {
  present: [
    {
      name: 'negative',
      presents: [negative],
      severity: 'minor',
      because: 'the serial number is negative',
      at: negative,
    },
    { name: 'minus one', presents: [certificate({ serial: [0xff] })], because: /negative/ },
    { name: 'zero', presents: [certificate({ serial: [0] })], because: /zero/ },
    { name: '21 octets', presents: [certificate({ serial: octets(21) })], because: /21 octets/ },
    {
      name: '20 octets with the highest bit set, which makes 21',
      presents: [certificate({ serial: [0, 0x80, ...octets(19)] })],
      because: /21 octets/,
    },
  ],
  absent: [
    { name: 'one', presents: [certificate({ serial: [1] })] },
    { name: '20 octets', presents: [certificate({ serial: octets(20) })] },
    { name: 'positive with the highest bit set', presents: [certificate({ serial: [0, 0x80] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
