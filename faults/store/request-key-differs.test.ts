import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { request } from '#tests/support/requests.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { requestKeyDiffers } from './request-key-differs.ts';

const leaf = certificate({ issuer: authority('Root CA') });
const own = { content: request(), as: 'request' } as const;
const other = { content: request({ key: ecKey('another') }), as: 'request' } as const;

testFault(requestKeyDiffers, {
  present: [
    {
      name: 'the request of another key',
      files: [other, { content: leaf.der }],
      because: /another key than file-1/,
      at: leaf,
    },
    { name: 'two requests, neither of its key', files: [other, other, { content: leaf.der }], severity: 'major' },
  ],
  absent: [
    { name: 'the request of its key', files: [own, { content: leaf.der }] },
    { name: 'one of two', files: [other, own, { content: leaf.der }] },
  ],
  notApplicable: [
    { name: 'no request', files: [{ content: leaf.der }] },
    { name: 'a request that nobody said it answers', files: [{ content: leaf.der }, { content: other.content }] },
  ],
});
