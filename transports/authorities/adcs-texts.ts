/**
 * What the web enrolment pages of Active Directory Certificate Services print, as patterns; recorded samples stand in
 * adcs-texts.test.ts. Public clients read the pages by the same signs.
 */
export const adcsTexts = {
  /** The request was issued at once: the link to the certificate names its number. */
  issued: /certnew\.cer\?ReqID=(\d+)&/,
  /** It waits for an administrator. */
  pending: /Your Request Id is (\d+)\./,
  denied: /The disposition message is "([^"]+)/,
  /** What certnew.cer says where there is no certificate yet. */
  notIssued: /Disposition message:\s*([^\r\n]+)/,
  takenUnderSubmission: /Taken Under Submission/i,
} as const;
