import { authority, certificate } from '#tests/support/certificates.ts';
import { request } from '#tests/support/requests.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { requestKeyUsagesDiffer } from './request-key-usages-differ.ts';

const root = authority('Root CA');
const [server, client] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];
const asked = { content: request({ purposes: [server, client] }), as: 'request' } as const;
const of = (purposes?: readonly string[]): { content: Uint8Array } => ({
  content: certificate({ issuer: root, ...(purposes === undefined ? {} : { purposes }) }).der,
});

testFault(requestKeyUsagesDiffer, {
  present: [
    {
      name: 'a template for servers only',
      files: [asked, of([server])],
      because: 'the certificate lacks id-kp-clientAuth, which the request asked for',
      severity: 'notice',
    },
  ],
  absent: [
    { name: 'both', files: [asked, of([client, server])] },
    { name: 'no extKeyUsage, which allows everything', files: [asked, of()] },
  ],
  notApplicable: [
    { name: 'a request that asks for none', files: [{ content: request(), as: 'request' }, of([server])] },
    { name: 'no request', files: [of([server])] },
  ],
});
