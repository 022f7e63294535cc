import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { request } from '#tests/support/requests.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { pendingRequestAbsent } from './pending-request-absent.ts';

const root = authority('Root CA');
const reply = certificate({ issuer: root });
const files = [{ content: reply.der }];
const own = request();
const other = request({ key: ecKey('another') });

testFault(pendingRequestAbsent, {
  present: [
    {
      name: 'no request waits',
      files,
      unit: 'tomcat',
      waiting: { tomcat: null },
      severity: 'major',
      because: 'no request waits on uccx1 for tomcat: file-1 answers none',
      at: reply,
    },
    { name: 'one waits for another purpose', files, unit: 'tomcat', waiting: { tomcat: null, ipsec: own } },
    {
      name: 'nobody said for what it is, and nothing waits',
      files,
      waiting: { tomcat: null, ipsec: null },
      because: /for any certificate/,
    },
    {
      name: 'several wait, none of its key',
      files,
      waiting: { tomcat: other, ipsec: other },
      because: /^none of the requests/,
    },
    {
      name: 'the machine holds another certificate',
      files,
      waiting: { tomcat: null },
      identities: { tomcat: certificate({ commonName: 'before.example.com' }) },
    },
    {
      name: 'it was uploaded already',
      files,
      waiting: { tomcat: null },
      identities: { tomcat: reply },
      severity: 'notice',
      because: /holds this certificate already/,
    },
    {
      name: 'a request that a later one has replaced',
      files: [{ content: other }],
      unit: 'tomcat',
      waiting: { tomcat: own },
      severity: 'major',
      because: 'the request that waits on uccx1 is another than file-1: the answer to this one would be refused',
    },
    {
      name: 'a request, and none waits',
      files: [{ content: own }],
      unit: 'tomcat',
      waiting: { tomcat: null },
      because: /^no request waits on uccx1 for tomcat/,
    },
  ],
  absent: [
    { name: 'the request that waits', files: [{ content: own }], unit: 'tomcat', waiting: { tomcat: own } },
    { name: 'its request waits', files, unit: 'tomcat', waiting: { tomcat: own } },
    { name: 'its request waits, beside another', files, waiting: { ipsec: other, tomcat: own } },
    {
      name: 'its request waits, though the machine holds it',
      files,
      waiting: { tomcat: own },
      identities: { tomcat: reply },
    },
  ],
  notApplicable: [
    {
      name: 'one waits, of another key: that is another fault',
      files,
      unit: 'tomcat',
      waiting: { tomcat: other },
      because: /request-key-differs/,
    },
    { name: 'an authority', files: [{ content: root.der }], waiting: { tomcat: null } },
    { name: 'a certificate that nobody signed', files: [{ content: certificate().der }], waiting: { tomcat: null } },
    { name: 'for a trust store', files, unit: 'tomcat-trust', waiting: { tomcat: null } },
    { name: 'a machine where none waits', machine: { type: 'CVP' }, files, waiting: { tomcat: null } },
  ],
  inconclusive: [
    { name: 'the machine was not asked', files, unit: 'tomcat', reason: 'not-probed' },
    {
      name: 'the sign-in was refused',
      files,
      waiting: { tomcat: { reason: 'not-authorised', as: 'administrator' } },
      reason: 'not-authorised',
    },
  ],
});
