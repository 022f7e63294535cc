import type { MachineType } from '#model/names.ts';
import type { OwnRefused } from './certificate-unit.ts';

/** What the machine says to a file it cannot read: more than one certificate, PKCS #7 in PEM, a key of 1024 bits (116001). */
export const unreadable = 'Error reading the certificate';

/** Why an identity certificate was not taken, in the words that technotes 217138 and 200641 list. */
export function ownRefusal(unit: string, type: MachineType, refused: OwnRefused): string {
  const isCallManager = type === 'CM_PUBLISHER' || type === 'CM_SUBSCRIBER';
  const words: Readonly<Record<OwnRefused, string>> = {
    'no-request': `File /usr/local/platform/.security/${unit}/keys/${unit}.csr Does Not Exist`,
    'other-key': 'CSR Public Key and Certificate Public Key Do Not Match',
    'key-too-short': unreadable,
    expired: 'The certificate has expired', // inferred: refused is documented, its words are not
    'issuer-unknown': 'CA Certificate is Not Available in the Trust-Store',
    'other-names': isCallManager
      ? 'CSR Subject Alternate Name (SAN) and Certificate SAN Does Not Match'
      : 'CSR SAN and Certificate SAN does not match',
  };
  return words[refused];
}
