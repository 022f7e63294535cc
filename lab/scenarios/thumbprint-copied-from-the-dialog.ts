import type { Scenario } from '../scenario.ts';

/** LEFT-TO-RIGHT MARK, which the certificate dialog of Windows writes before the digits. */
const mark = '\u200e';

export const thumbprintCopiedFromTheDialog: Scenario = {
  id: 'thumbprint-copied-from-the-dialog',
  title: 'The thumbprint for Portico was copied out of the certificate dialog',
  story:
    'For the change of tonight the thumbprint was copied from the certificate dialog of the AW into a text file. A mark that nobody sees came along: DiagFwCertMgr will not find the certificate.',
  rows: ['C03'],
  needs: 'any',
  deployment: 'PCCE',
  change: (lab) => {
    const digits = lab.windows('aw1').bindings.at(443)?.hash ?? '';
    lab.leave('thumbprint.txt', `${mark}${digits.replace(/..(?=.)/g, '$& ')}\r\n`);
  },
  look: { with: 'check', files: ['thumbprint.txt'], on: 'aw1' },
  expects: [{ fault: 'thumbprint-has-hidden-characters', on: 'aw1', file: 'thumbprint.txt' }],
};
