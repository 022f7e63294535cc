import { authority, certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateExpired } from './certificate-expired.ts';

const root = authority('Root CA', { notAfter: inDays(-1) });
const aSecondAgo = certificate({ notAfter: inDays(0, -1) });

testFault(certificateExpired, {
  present: [
    { name: 'one second after notAfter', presents: [aSecondAgo], because: /expired 0 days ago/, at: aSecondAgo },
    {
      name: 'where the authority is to sign, it is not to be regenerated',
      machine: { certificates: 'ca-signed' },
      presents: [aSecondAgo],
      advice: /have it signed.*Do not regenerate/,
    },
    {
      name: 'where it is to sign for itself, it is regenerated',
      machine: { certificates: 'self-signed' },
      presents: [aSecondAgo],
      advice: /^Regenerate/,
    },
    { name: 'where nobody said which', machine: { certificates: null }, presents: [aSecondAgo], advice: null },
    { name: 'a day after', presents: [certificate({ notAfter: inDays(-1) })], because: /expired 1 day ago/ },
    { name: 'before notBefore as well', presents: [certificate({ notBefore: inDays(3), notAfter: inDays(-2) })] },
    {
      name: 'in the last year that can be written',
      now: new Date('+010000-01-01'),
      presents: [certificate({ notAfter: new Date('9999-12-31T23:59:59Z') })],
    },
    {
      name: 'in 1950, where two digits of a year begin',
      presents: [certificate({ notAfter: new Date('1950-01-01') })],
    },
    {
      name: 'a common name of two lines stays on one',
      presents: [certificate({ commonName: 'one\ntwo', notAfter: inDays(-1) })],
      because: /^one.two expired/,
    },
    { name: 'no name at all', presents: [certificate({ commonName: [], dns: null, notAfter: inDays(-1) })] },
    {
      name: 'a blank common name',
      presents: [certificate({ commonName: ' ', dns: ['a.example.com'], notAfter: inDays(-1) })],
      because: /^a\.example\.com expired/,
    },
  ],
  absent: [
    { name: 'notAfter is now: the last second counts', presents: [certificate({ notAfter: inDays(0) })] },
    { name: 'no end in sight', presents: [certificate({ notAfter: new Date('9999-12-31T23:59:59Z') })] },
    { name: 'not yet valid', presents: [certificate({ notBefore: inDays(1) })] },
    { name: 'only the issuer expired', presents: [certificate({ issuer: root }), root] },
  ],
  notApplicable: [{ name: 'closed, and documented as closed', ports: { 7443: 'refused' }, because: /BOSH is off/ }],
  inconclusive: [
    { name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' },
    { name: 'the bytes are no certificate', presents: [{ der: Buffer.from('no') }], reason: 'certificate-unreadable' },
    {
      name: 'a time that is none',
      presents: [certificate({ notAfter: Buffer.from('\x17\x0d999999999999Z', 'latin1') })],
      reason: 'certificate-unreadable',
    },
    { name: 'refused', ports: { 443: 'refused' }, reason: 'connection-refused' },
    {
      name: 'timed out',
      ports: { 443: { reason: 'timed-out', stage: 'connect', afterMs: 3000 } },
      reason: 'timed-out',
    },
  ],
});
