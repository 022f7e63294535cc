import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { thumbprintHasHiddenCharacters } from './thumbprint-has-hidden-characters.ts';

const digits = 'a909502dd82ae41433e6f83886b00d4277a32a7b';

testFault(thumbprintHasHiddenCharacters, {
  present: [
    {
      name: 'the mark of the Windows dialog',
      files: [{ content: `\u200e${digits}\n` }],
      because: 'line 1 holds U+200E beside the digits',
    },
    {
      name: 'on another line',
      files: [{ content: `DiagFwCertMgr\n${digits}\n/certhash: ${digits}\u200b` }],
      because: /line 3 holds U\+200B/,
    },
  ],
  absent: [{ name: 'digits alone', files: [{ content: `${digits}\n` }] }],
  notApplicable: [{ name: 'a certificate', files: [{ content: certificate().der }], because: /no thumbprint/ }],
});
