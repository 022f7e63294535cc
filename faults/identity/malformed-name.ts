import { rfc } from '#model/source.ts';
import { isWrittenAsAddress } from '#x509/identity.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const malformedName = defineFault({
  id: 'malformed-name',
  category: 'identity',
  title: 'A dNSName of the certificate is no host name',
  titleAbsent: 'Every dNSName of the certificate is written as a host name',
  symptom: 'Under that name clients refuse the certificate; strict ones refuse it under its other names too.',
  cause:
    'The name was typed with a blank, an underscore, a final dot or in national letters, or the authority copied it so.',
  advice: 'Make a new request with the name in letters, digits and hyphens, national letters as A-labels (xn--).',
  severity: 'minor',
  sources: [rfc(5280, '4.2.1.6'), rfc(5280, '7.2'), rfc(1123, '2.1'), rfc(1034, '3.5')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const names = endEntity.subjectAltName;
    if (names === null) return notApplicable('the certificate has no subjectAltName at all');
    const malformed = names.dns.flatMap((name) => {
      const defect = defectOf(name);
      return defect === null ? [] : [{ name, defect }];
    });
    // What is worst comes first: an underscore works with most clients.
    const first = malformed.find(({ defect }) => defect !== underscore) ?? malformed[0];
    if (first === undefined) return absent;
    return present(
      first.defect === underscore ? 'notice' : 'minor',
      `the dNSName ${quoted(first.name)} ${first.defect}`,
      { 'malformed names': malformed.map(({ name, defect }) => `${quoted(name)} ${defect}`).join('; ') },
      endEntity.sha256,
    );
  },
});

const underscore = 'has an underscore, which host names do not have';

function quoted(name: string): string {
  return JSON.stringify(name);
}

/** What is wrong with a dNSName, or null: the preferred name syntax of RFC 1034 section 3.5, a leading digit by RFC 1123 2.1. */
function defectOf(name: string): string | null {
  // Written as an address it is another fault.
  if (isWrittenAsAddress(name)) return null;
  if (name.trim() === '') return 'is empty';
  if (name.includes('\0')) return 'has a NUL octet';
  if (/\s/.test(name)) return 'has a blank';
  if (/[^\p{ASCII}]/u.test(name)) return 'has letters outside ASCII: a U-label in place of an A-label';
  if (name.endsWith('.')) return 'ends with a dot';
  if (name.length > 253) return 'is longer than 253 octets';
  const labels = name.replace(/^\*\./, '').split('.');
  if (labels.includes('')) return 'has an empty label';
  if (labels.some((label) => label.length > 63)) return 'has a label longer than 63 octets';
  if (labels.some((label) => /[^a-z0-9_-]/i.test(label))) return 'has a character that host names do not have';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    return 'has a label that begins or ends with a hyphen';
  return name.includes('_') ? underscore : null;
}
