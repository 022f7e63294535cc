import { rfc } from '#model/rfc.ts';
import { hostNameDefect, underscore } from '#x509/host-name.ts';
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
      const defect = hostNameDefect(name);
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

function quoted(name: string): string {
  return JSON.stringify(name);
}
