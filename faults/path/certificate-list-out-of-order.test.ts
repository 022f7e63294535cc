import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateListOutOfOrder } from './certificate-list-out-of-order.ts';

const root = authority('Root CA');
const upper = authority('Upper CA', { issuer: root });
const lower = authority('Lower CA', { issuer: upper });
const endEntity = certificate({ issuer: lower });
const crossSigned = authority('Lower CA', { issuer: authority('Other Root CA') });
const stranger = authority('Stranger CA', { key: ecKey('stranger') });
const garbage = { der: Buffer.from('no') };
// Two authorities that signed each other.
const ping = authority('Ping CA', { issuer: authority('Pong CA') });
const pong = authority('Pong CA', { issuer: authority('Ping CA') });

testFault(certificateListOutOfOrder, {
  present: [
    {
      name: 'two changed over',
      presents: [endEntity, upper, lower],
      severity: 'minor',
      because: /Lower CA stands at place 3 .* place 2/,
    },
    {
      name: 'root before intermediate',
      presents: [endEntity, lower, root, upper],
      because: /Upper CA stands at place 4/,
    },
    { name: 'the end entity certificate twice', presents: [endEntity, endEntity, lower, upper] },
    { name: 'an intermediate twice', presents: [endEntity, lower, lower, upper] },
    { name: 'a stranger in between', presents: [endEntity, stranger, lower] },
    {
      name: 'bytes that are no certificate in between count',
      presents: [endEntity, garbage, lower],
      because: /place 3 .* place 2/,
    },
  ],
  absent: [
    { name: 'in order', presents: [endEntity, lower, upper] },
    { name: 'with the root', presents: [endEntity, lower, upper, root] },
    { name: 'only the end entity certificate', presents: [endEntity] },
    { name: 'a self-signed one', presents: [root] },
    { name: 'the issuer is missing: another fault', presents: [endEntity, upper, root] },
    { name: 'cross-signed, the second behind the first', presents: [endEntity, crossSigned, lower] },
    { name: 'too many at the end', presents: [endEntity, lower, upper, root, stranger, garbage] },
    { name: 'round in a circle', presents: [certificate({ issuer: ping }), ping, pong] },
  ],
  inconclusive: [{ name: 'the first is no certificate', presents: [garbage, lower], reason: 'certificate-unreadable' }],
});
