import { authority, certificate, tlv } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { unknownCriticalExtension } from './unknown-critical-extension.ts';

const extension = { oid: '2.999.1', value: tlv(0x05) };
const odd = { extensions: [extension], critical: [extension.oid] };
const oddIssuer = authority('Odd CA', odd);

testFault(unknownCriticalExtension, {
  present: [
    { name: 'a private one', presents: [certificate(odd)], because: /2\.999\.1/ },
    { name: 'on an issuer', presents: [certificate({ issuer: oddIssuer }), oddIssuer], at: oddIssuer },
    {
      name: 'behind bytes that are no certificate',
      presents: [certificate({ issuer: oddIssuer }), { der: Buffer.from('no') }, oddIssuer],
    },
    {
      name: 'subjectKeyIdentifier, which must not be',
      presents: [certificate({ critical: ['2.5.29.14'] })],
      because: /subjectKeyIdentifier/,
    },
  ],
  absent: [
    { name: 'not critical', presents: [certificate({ extensions: [extension] })] },
    {
      name: 'critical ones that clients process',
      presents: [
        certificate({ ca: 0, purposes: [keyPurpose.serverAuth], critical: ['2.5.29.17', '2.5.29.19', '2.5.29.37'] }),
      ],
    },
    { name: 'no extensions', presents: [certificate({ dns: null, keyIdentifiers: false })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
