import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { trustAnchorSent } from './trust-anchor-sent.ts';

const root = authority('Root CA');
const lower = authority('Lower CA', { issuer: root });
const endEntity = certificate({ issuer: lower });
const stranger = authority('Stranger CA', { key: ecKey('stranger') });
const namesakes = Array.from({ length: 101 }, () => authority('Lower CA', { key: ecKey('no'), keyIdentifiers: false }));

testFault(trustAnchorSent, {
  present: [
    {
      name: 'at the end',
      presents: [endEntity, lower, root],
      severity: 'notice',
      because: 'the root Root CA was sent',
      at: root,
    },
    { name: 'out of order', presents: [endEntity, root, lower], at: root },
    { name: 'straight above', presents: [certificate({ issuer: root }), root], at: root },
  ],
  absent: [
    { name: 'the intermediate only', presents: [endEntity, lower] },
    { name: 'only the end entity certificate', presents: [endEntity] },
    { name: "a stranger's root: another fault", presents: [endEntity, lower, stranger] },
    { name: 'the root without what it certifies', presents: [endEntity, root] },
    { name: 'bytes that are no certificate', presents: [endEntity, lower, { der: Buffer.from('no') }] },
  ],
  notApplicable: [
    { name: 'self-signed', presents: [certificate({ ca: 0 })], because: /self-signed/ },
    { name: 'a flood of namesakes', presents: [endEntity, ...namesakes, root], because: /too many/ },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
