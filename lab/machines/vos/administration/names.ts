/** Pages and fields as public clients of OS Administration spell them. */
export const seen = {
  root: '/cmplatform/',
  signIn: '/cmplatform/j_security_check',
  home: '/cmplatform/showHome.do',
  list: '/cmplatform/certificateFindList.do',
  otherList: '/cmplatform/certificateList.do',
  upload: '/cmplatform/certificateUpload.do',
  downloadRequest: '/cmplatform/certificateDownloadNewCsr.do',
  session: 'JSESSIONID',
  application: 'appNav',
  user: 'j_username',
  password: 'j_password',
  tokenName: 'struts.token.name',
  token: 'token',
  purpose: 'NAME',
  file: 'FILE',
  search: 'searchString0',
} as const;

/** Pages and fields that no document and no public client names. inferred, all of them: change them here. */
export const inferred = {
  signOut: '/cmplatform/logout.do',
  generateRequest: '/cmplatform/certificateGenerateNewCsr.do',
  generateSelfSigned: '/cmplatform/certificateGenerateSelfSigned.do',
  details: '/cmplatform/certificateDetails.do',
  download: '/cmplatform/certificateDownload.do',
  regenerate: '/cmplatform/certificateRegenerate.do',
  delete: '/cmplatform/certificateDelete.do',
  description: 'DESCRIPTION',
  distribution: 'DISTRIBUTION',
  commonName: 'COMMONNAME',
  parentDomain: 'PARENTDOMAIN',
  otherDomains: 'OTHERDOMAINS',
  keyLength: 'KEYLENGTH',
  hash: 'HASHALGORITHM',
  store: 'STORE',
  certificate: 'CERTIFICATE',
  format: 'FORMAT',
} as const;

/** What the pages say. Labels and purposes are documented; these sentences are inferred. */
export const words = {
  wrong: 'Log on failed. Check the user name and the password.',
  locked: 'The account is locked. Try again later, or contact your system administrator.',
  token: 'The form was sent already or is too old: you may be trying too often. Open the page again.',
  generated: 'Success: Certificate Signing Request Generated',
  uploaded: 'Success: Certificate Uploaded',
  regenerated: 'Success: Certificate Regenerated',
  deleted: 'Success: Certificate Deleted',
  kept: 'Success: the store keeps the newer certificate of the same common name',
  noFile: 'No file was selected',
  noRequest: 'No Certificate Signing Request is available for download',
  expired: 'The certificate has expired',
  unknown: 'There is no such certificate',
} as const;

/** What to do after a change of a unit's certificate. */
export function restartAdvice(unit: string): string {
  return unit.startsWith('tomcat')
    ? 'Restart Cisco Tomcat Service using the CLI "utils service restart Cisco Tomcat"'
    : `Restart the services related to ${unit}`;
}
