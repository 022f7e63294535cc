import { describe, expect, test } from 'vitest';
import { adcsTexts } from './adcs-texts.ts';

/** The forms in which the pages are seen; between the signs stands whatever the pages of a release draw around them. */
const pages = {
  issued: '<LocID ID=locDwnld><A Href="certnew.cer?ReqID=41&Enc=b64">Download certificate</A></LocID>',
  pending:
    '<P ID=locPageTitle>Certificate Pending</P>\r\n<P>Your certificate request has been received. However, you must wait for an administrator to issue the certificate.\r\n<P>Your Request Id is 42.\r\n',
  denied:
    '<P ID=locPageTitle>Certificate Request Denied</P>\r\n<P>Your Request Id is 43. The disposition message is "Denied by Policy Module  0x80094800, The request was for a certificate template that is not supported".\r\n',
  waiting: '<P><LocID ID=locDispMsg>Disposition message:</LocID>\r\n\t\tTaken Under Submission \r\n',
  refused: 'Disposition message: \t\tDenied by CORP\\pki.admin\r\n',
  other: '<P ID=locPageTitle>Welcome</P>',
};
type Page = keyof typeof pages;

describe.each<[sign: keyof typeof adcsTexts, says: Partial<Record<Page, string>>]>([
  ['issued', { issued: '41' }],
  ['pending', { pending: '42', denied: '43' }],
  [
    'denied',
    {
      denied: 'Denied by Policy Module  0x80094800, The request was for a certificate template that is not supported',
    },
  ],
  ['notIssued', { waiting: 'Taken Under Submission', refused: String.raw`Denied by CORP\pki.admin` }],
  ['takenUnderSubmission', { waiting: 'Taken Under Submission' }],
])('%s', (sign, says) => {
  test.each(Object.keys(pages) as Page[])('on the page %s', (page) => {
    const found = adcsTexts[sign].exec(pages[page]);
    expect(found === null ? undefined : (found[1] ?? found[0]).trim()).toBe(says[page]);
  });
});
