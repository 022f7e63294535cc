import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

const selfSigned = certificate();
const issuer = authority('Issuing CA');
const signed = certificate({ issuer });
/** Its issuer has its name and another key: self-issued (RFC 5280 section 3.2), not self-signed. */
const selfIssued = certificate({ issuer: certificate({ key: ecKey('another') }) });
const caSigned = { certificates: 'ca-signed' } as const;

testFault(selfSignedCertificate, {
  present: [
    {
      name: 'meant to be signed',
      machine: caSigned,
      presents: [selfSigned],
      because: /says ca-signed/,
      advice: /^The inventory says ca-signed: request it/,
    },
    {
      name: 'meant to be signed, and accepted all the same',
      machine: caSigned,
      presents: [selfSigned],
      clients: [{ accepted: [selfSigned] }],
    },
    {
      name: 'as installed, and no client accepts it',
      presents: [selfSigned],
      because: /no client accepts it/,
      severity: 'major',
      advice:
        /^Such a machine makes this certificate for itself, and pc-1 was not given it\. Either give it .*; or have it signed/,
    },
    {
      name: 'on a port of no document',
      machine: { type: 'TLS_SERVER' },
      presents: [selfSigned],
      advice: /^No document says .* compare the fingerprint there/,
    },
    {
      name: 'a client accepts the one before it',
      presents: [selfSigned],
      clients: [{ accepted: [certificate()], anchors: [issuer] }],
    },
    {
      name: 'a client accepts it that does not open the port',
      presents: [selfSigned],
      clients: [{}, { accepted: [selfSigned], audiences: ['machines'] }],
    },
  ],
  absent: [
    { name: 'signed', machine: caSigned, presents: [signed, issuer] },
    { name: 'self-issued', machine: caSigned, presents: [selfIssued] },
    { name: 'accepted by one client of two', presents: [selfSigned], clients: [{}, { accepted: [selfSigned] }] },
    { name: 'anchored', presents: [selfSigned], clients: [{ anchors: [selfSigned] }] },
  ],
  notApplicable: [
    { name: 'no client opens the port', presents: [selfSigned], clients: [], because: /no client profile/ },
    { name: 'no client of the right sort', ports: { 9443: [selfSigned] }, clients: [{ audiences: ['agents'] }] },
  ],
  inconclusive: [
    { name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' },
    {
      name: 'what the browser accepted was not read',
      presents: [certificate()],
      clients: [{ unread: { reason: 'file-unreadable', message: 'no certutil', todo: 'Install it.' } }],
      reason: 'file-unreadable',
    },
  ],
});
