import { authority, certificate } from '#tests/support/certificates.ts';
import { javaKeystore, type Entry } from '#tests/support/java-keystore.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { replyUnderWrongAlias } from './reply-under-wrong-alias.ts';

const root = authority('Root CA');
const selfSigned = certificate();
const reply = certificate({ issuer: root });
const store = (...entries: readonly Entry[]): { content: Buffer }[] => [
  { content: javaKeystore('JCEKS', 'secret', entries) },
];
const pending = { alias: 'wsm_certificate', chain: [selfSigned] };

testFault(replyUnderWrongAlias, {
  present: [
    {
      name: 'the reply beside the key',
      files: store(pending, { alias: 'wsm-certificate', trusted: reply }),
      because: 'wsm-certificate holds the certificate of the key wsm_certificate, as a trusted certificate',
      at: reply,
    },
    { name: 'before the key in the file', files: store({ alias: 'a', trusted: reply }, pending), at: reply },
  ],
  absent: [
    {
      name: 'the reply with the key',
      files: store({ alias: 'wsm_certificate', chain: [reply, root] }, { alias: 'root', trusted: root }),
    },
    { name: 'the same certificate trusted too', files: store(pending, { alias: 'self', trusted: selfSigned }) },
  ],
  notApplicable: [
    { name: 'a trust store', files: store({ alias: 'root', trusted: root }), because: /no key/ },
    { name: 'a certificate', files: [{ content: reply.der }], because: /no key/ },
  ],
});
