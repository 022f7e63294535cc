import { toPem } from '#model/pem.ts';
import { authority, certificate, ecKey, inDays, rsaKey, rsaKeyOf } from '#tests/support/certificates.ts';
import { javaKeystore, type Entry } from '#tests/support/java-keystore.ts';
import { request } from '#tests/support/requests.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateFileUnacceptable } from './certificate-file-unacceptable.ts';

const root = authority('Root CA');
const intermediate = authority('Issuing CA', { issuer: root });
const leaf = certificate({ issuer: intermediate });
const expired = certificate({ issuer: intermediate, notBefore: inDays(-400), notAfter: inDays(-1) });
const wildcard = certificate({ issuer: intermediate, commonName: '*.example.com' });
const short = certificate({ issuer: intermediate, key: rsaKeyOf(1024) });
const renewed = authority('Root CA', { notBefore: inDays(-10), key: ecKey('the renewed root') });
const pem = (...list: readonly { der: Uint8Array }[]): string => list.map(({ der }) => toPem(der)).join('');
const pkcs7 = toPem(leaf.der).replaceAll('CERTIFICATE', 'PKCS7');
const given = (...list: readonly { der: Uint8Array }[]) => ({ content: pem(...list), as: 'store' }) as const;
const asked = { content: request(), as: 'request' } as const;
const selfSigned = certificate();
const other = certificate({ key: ecKey('another') });
const keystore = (...entries: readonly Entry[]) =>
  ({ content: javaKeystore('JCEKS', 'secret', entries), as: 'store' }) as const;
const cvp = { type: 'CVP' } as const;

testFault(certificateFileUnacceptable, {
  present: [
    {
      name: 'two PEM certificates',
      files: [{ content: pem(leaf, intermediate) }],
      because: 'the file holds 2 PEM certificates; one is taken',
    },
    { name: 'PKCS #7 in PEM', files: [{ content: pkcs7 }], because: /only DER is taken/ },
    { name: 'a byte order mark', files: [{ content: `\ufeff${pem(leaf)}` }], because: /byte order mark/ },
    {
      name: 'a key store',
      files: [{ content: javaKeystore('JKS', 's', [{ alias: 'a', trusted: root }]) }],
      because: /key store \(JKS\)/,
    },
    { name: 'an expired certificate', files: [{ content: pem(expired) }], because: /expired at/ },
    { name: 'an expired certificate for a trust store', unit: 'tomcat-trust', files: [{ content: pem(expired) }] },
    { name: 'a key of 1024 bits', files: [{ content: pem(short) }], because: /RSA 1024/ },
    { name: 'a wildcard', files: [{ content: pem(wildcard) }], because: /\*\.example\.com/ },
    {
      name: 'the store lacks the intermediate',
      files: [given(root), { content: pem(leaf) }],
      because: /the store given lacks CN=\S.*, which .* rests on: upload it there first/,
    },
    {
      name: 'the key of another request',
      files: [{ ...asked, content: request({ key: ecKey('another') }) }, { content: pem(leaf) }],
      because: /not that of file-1/,
    },
    {
      name: 'other names than asked for',
      files: [{ ...asked, content: request({ dns: ['uccx1.example.com', 'example.com'] }) }, { content: pem(leaf) }],
      because: /-example\.com/,
    },
    {
      name: 'the store has a newer one of the name',
      unit: 'tomcat-trust',
      files: [given(renewed), { content: pem(root) }],
      because: /keep it in silence/,
    },
    {
      name: 'a request with a key of 1024 bits',
      files: [{ content: request({ key: rsaKey(1024) }) }],
      because: /the request has a key of RSA 1024/,
    },
    {
      name: 'a request for a wildcard',
      files: [{ content: request({ commonName: '*.example.com' }) }],
      because: /the request is for \*\.example\.com/,
    },
    {
      name: 'a request for a malformed name',
      files: [{ content: request({ dns: ['uccx 1.example.com'] }) }],
      because: /has a blank/,
      severity: 'minor',
    },
    {
      name: 'a request for a name that no server has',
      files: [{ content: request({ commonName: 'uccx1-ms.example.com' }) }],
      because: /uccx1-ms/,
      severity: 'minor',
    },
    {
      name: 'CVP, no way to a root',
      machine: cvp,
      files: [given(root), { content: pem(leaf) }],
      because: /neither the file nor the key store/,
    },
    {
      name: 'CVP, the key of another request',
      machine: cvp,
      files: [{ ...asked, content: request({ key: ecKey('another') }) }, { content: pem(leaf) }],
    },
    {
      name: 'CVP, imported already',
      machine: cvp,
      files: [keystore({ alias: 'wsm_certificate', chain: [leaf, intermediate, root] }), { content: pem(leaf) }],
      severity: 'minor',
    },
    {
      name: 'CVP, no key of the key store is that of the reply',
      machine: cvp,
      files: [keystore({ alias: 'wsm_certificate', chain: [other] }), { content: pem(leaf) }],
      because: /no key of the key store/,
    },
    {
      name: 'CVP, the reply lies beside its key and leads to no root',
      machine: cvp,
      files: [
        keystore({ alias: 'wsm_certificate', chain: [selfSigned] }, { alias: 'wsm', trusted: leaf }),
        { content: pem(leaf) },
      ],
      because: /neither the file nor the key store/,
    },
  ],
  absent: [
    {
      name: 'one PEM certificate that answers its request',
      files: [given(root, intermediate), asked, { content: pem(leaf) }].reverse(),
    },
    { name: 'DER', files: [{ content: leaf.der }] },
    {
      name: 'the names of the certificate where the request asks for none',
      files: [{ content: pem(leaf) }, { ...asked, content: request({ dns: null }) }],
    },
    {
      name: 'a newer root for the trust store',
      unit: 'tomcat-trust',
      files: [given(root), { content: pem(renewed) }].reverse(),
    },
    {
      name: 'CVP takes the whole chain in one file',
      machine: cvp,
      files: [{ content: pem(leaf, intermediate, root) }],
    },
  ],
  notApplicable: [
    {
      name: 'a machine of which no document speaks',
      machine: { type: 'TLS_SERVER' },
      files: [{ content: pem(leaf) }],
      because: /no document/,
    },
  ],
});
