/**
 * Whether DiagFwCertMgr /task:ValidateCertBinding found binding, store and registry to be of one certificate: all three lines, as the
 * technote on CA-signed certificates of CCE prints them.
 */
export function isValidated(output: string): boolean {
  return [
    'The certificate binding is VALID',
    'Certificate hash stored in service registry matches certificate used by service',
    'ALL TASKS FOR VALIDATING CERTIFICATE BINDING COMPLETED SUCCESSFULLY',
  ].every((line) => output.includes(line));
}
