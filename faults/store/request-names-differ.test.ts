import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { request, requestPem } from '#tests/support/requests.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { requestNamesDiffer } from './request-names-differ.ts';

const root = authority('Root CA');
const names = ['uccx1.example.com', 'example.com'];
const asked = { content: requestPem({ dns: names }), as: 'request' } as const;
const of = (dns: readonly string[]): { content: Uint8Array } => ({ content: certificate({ issuer: root, dns }).der });

testFault(requestNamesDiffer, {
  present: [
    {
      name: 'the authority added www',
      files: [asked, of([...names, 'www.uccx1.example.com'])],
      because: 'the certificate has www.uccx1.example.com, which the request did not ask for',
      severity: 'major',
    },
    { name: 'the parent domain was left out', files: [asked, of(names.slice(0, 1))], because: /lacks example.com/ },
    {
      name: 'one name more where nobody compares',
      machine: { type: 'CVP' },
      files: [asked, of([...names, 'localhost'])],
      severity: 'notice',
    },
    {
      name: 'the request lies beside it, in DER',
      files: [{ content: request({ dns: names }) }, of(['uccx1.example.com'])].reverse(),
    },
  ],
  absent: [
    { name: 'the same names', files: [asked, of(names)] },
    { name: 'in another order and another case', files: [asked, of(['EXAMPLE.com', 'uccx1.example.com'])] },
  ],
  notApplicable: [
    { name: 'the request asks for no names', files: [{ content: request({ dns: null }), as: 'request' }, of(names)] },
    { name: 'no request', files: [of(names)] },
    {
      name: 'a request of another key beside it',
      files: [of(names), { content: request({ key: ecKey('another') }) }],
    },
  ],
});
