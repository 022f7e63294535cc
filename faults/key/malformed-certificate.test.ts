import { authority, certificate, sequence, tlv } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { malformedCertificate } from './malformed-certificate.ts';

const issuer = authority('Issuing CA');
const endEntity = certificate({ issuer });
const truncated = { der: endEntity.der.subarray(0, -1) };
const trailing = { der: Buffer.concat([endEntity.der, Buffer.from([0])]) };

const repeated = certificate({
  extensions: [{ oid: '2.5.29.17', value: sequence(tlv(0x82, Buffer.from('uccx2.example.com'))) }],
});

testFault(malformedCertificate, {
  present: [
    { name: 'an empty list', presents: [], because: /empty/ },
    { name: 'truncated', presents: [truncated], at: truncated, because: /certificate 1 of 1/ },
    { name: 'an octet behind it', presents: [trailing, issuer], at: trailing },
    { name: 'an empty one', presents: [{ der: Buffer.alloc(0) }] },
    { name: 'the second of three', presents: [endEntity, truncated, issuer], because: /certificate 2 of 3/ },
    {
      name: 'the first of two',
      presents: [endEntity, { der: Buffer.from('1') }, truncated],
      because: /certificate 2 of 3/,
    },
    {
      name: 'PEM in the place of DER',
      presents: [
        {
          der: Buffer.from(
            `-----BEGIN CERTIFICATE-----\n${Buffer.from(endEntity.der).toString('base64')}\n-----END CERTIFICATE-----\n`,
          ),
        },
      ],
    },
    { name: 'an extension that occurs twice', presents: [repeated], at: repeated },
  ],
  absent: [
    { name: 'one that can be read', presents: [endEntity] },
    { name: 'several, one twice', presents: [endEntity, issuer, issuer] },
  ],
  notApplicable: [{ name: 'closed, and documented as closed', ports: { 9089: 'refused' } }],
  inconclusive: [{ name: 'not TLS', ports: { 443: { speech: 'ssh', firstBytes: 'SSH-2.0' } }, reason: 'not-tls' }],
});
