import { cisco } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const thumbprintHasHiddenCharacters = defineFault({
  id: 'thumbprint-has-hidden-characters',
  category: 'store',
  title: 'A thumbprint holds characters that nobody sees',
  titleAbsent: 'The thumbprint holds nothing but its digits',
  symptom: 'The thumbprint looks right and the certificate is not found: DiagFwCertMgr fails, or binds another one.',
  cause: 'It was copied out of the certificate dialog of Windows, which puts a mark such as U+200E before the digits.',
  advice: 'Paste it into a plain text editor as ANSI, delete what shows as a question mark, and use the digits alone.',
  severity: 'major',
  sources: [cisco.diagnosticFramework('Copy the thumbprint')],
  judges: 'file',
  detect({ file: { contents } }) {
    const thumbprints = contents.parts.filter((part) => part.holds === 'thumbprint');
    if (thumbprints.length === 0) return notApplicable('the file holds no thumbprint as text');
    const hidden = thumbprints.find((part) => part.hidden.length > 0);
    if (hidden === undefined) return absent;
    const characters = [...new Set(hidden.hidden)].join(', ');
    return present('major', `line ${String(hidden.line)} holds ${characters} beside the digits`, {
      characters,
      digits: hidden.digits,
    });
  },
});
