import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateListSuperfluous } from './certificate-list-superfluous.ts';

const root = authority('Root CA');
const upper = authority('Upper CA', { issuer: root });
const lower = authority('Lower CA', { issuer: upper });
const endEntity = certificate({ issuer: lower });
const previous = authority('Lower CA', { issuer: upper, key: ecKey('previous') });
const previousUpper = authority('Previous CA', { issuer: root });
const crossSigned = authority('Lower CA', { issuer: authority('Other Root CA') });
const stranger = authority('Stranger CA');
const otherMachine = certificate({ commonName: 'uccx2.example.com', issuer: lower });
const garbage = { der: Buffer.from('no') };
const namesakes = Array.from({ length: 101 }, () => authority('Lower CA', { key: ecKey('no'), keyIdentifiers: false }));

testFault(certificateListSuperfluous, {
  present: [
    {
      name: 'a root of another authority',
      presents: [endEntity, lower, upper, root, stranger],
      severity: 'notice',
      because: /Stranger CA certifies nothing/,
      at: stranger,
    },
    {
      name: 'the previous intermediate of the same name',
      presents: [endEntity, lower, previous, upper, root],
      at: previous,
    },
    {
      name: 'the certificate of another machine, the root not sent',
      presents: [endEntity, lower, otherMachine],
      at: otherMachine,
    },
    {
      name: 'the previous intermediate, the root not sent',
      presents: [endEntity, lower, upper, previousUpper],
      at: previousUpper,
    },
    { name: 'beside a self-signed one', presents: [certificate(), stranger], at: stranger },
    {
      name: 'an intermediate twice',
      presents: [endEntity, lower, lower],
      because: /Lower CA was sent more than once/,
      at: lower,
    },
    { name: 'the end entity certificate twice', presents: [endEntity, lower, endEntity], at: endEntity },
  ],
  absent: [
    { name: 'up to the intermediate', presents: [endEntity, lower, upper] },
    { name: 'up to the root', presents: [endEntity, lower, upper, root] },
    { name: 'out of order: another fault', presents: [endEntity, root, upper, lower] },
    { name: 'an intermediate is missing, and what stands above it was sent', presents: [endEntity, upper, root] },
    { name: 'a stranger, while nobody sees where the way ends', presents: [endEntity, lower, stranger] },
    { name: 'cross-signed', presents: [endEntity, lower, crossSigned, upper, root] },
    { name: 'bytes that are no certificate: another fault', presents: [endEntity, lower, garbage, garbage] },
    { name: 'a self-signed one', presents: [certificate()] },
  ],
  notApplicable: [{ name: 'a flood of namesakes', presents: [endEntity, ...namesakes, root], because: /too many/ }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
