/**
 * What the web enrolment pages of Active Directory Certificate Services print, as patterns. Public clients (certsrv for Python, the ADCS
 * issuers of cert-manager) read the pages by the same signs; samples stand in adcs-texts.test.ts.
 */
export const adcsTexts = {
  /** The request was issued at once: the link to the certificate names its number. */
  issued: /certnew\.cer\?ReqID=(\d+)&/,
  /** It waits for an administrator. */
  pending: /Your Request Id is (\d+)\./,
  denied: /The disposition message is "([^"]+)/,
  /** What certnew.cer says where there is no certificate yet: behind the end of an element, or a line, and tabs. */
  notIssued: /Disposition message:(?:\s|<[^>]*>|&nbsp;)*([^\r\n<]+)/,
  takenUnderSubmission: /Taken Under Submission/i,
} as const;
