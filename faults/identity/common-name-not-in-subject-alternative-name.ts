import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { matchesDnsName } from '#x509/identity.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const commonNameNotInSubjectAlternativeName = defineFault({
  id: 'common-name-not-in-subject-alternative-name',
  category: 'identity',
  title: 'The common name is not among the subjectAltName entries',
  titleAbsent: 'The common name is among the subjectAltName entries',
  symptom: 'Reached by the name in its common name, a browser stops with NET::ERR_CERT_COMMON_NAME_INVALID.',
  cause:
    'The authority wrote other names than the request asked for, or the request listed the names without the common name.',
  advice: 'Make a new request whose subjectAltName holds the common name, and check the answer before it is uploaded.',
  severity: 'major',
  sources: [cisco.uccxCertificates('NET::ERR_CERT_COMMON_NAME_INVALID'), rfc(9525, '2')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const names = endEntity.subjectAltName;
    if (names === null) return notApplicable('the certificate has no subjectAltName at all');
    // A multi-server certificate is named <host>-ms.<domain>, an ECDSA one <host>-EC.<domain>, which nobody opens: Cisco's own way.
    const own = endEntity.publicKey.type === 'ec' ? /-(ms|ec)\./i : /-ms\./i;
    const missing = endEntity.commonNames
      .filter((name) => /^[^\s@]+\.[^\s@]+$/.test(name) && !own.test(name))
      .find(
        (name) =>
          !names.ip.includes(name) && !names.dns.some((pattern) => matchesDnsName(pattern, name) || pattern === name),
      );
    if (missing === undefined) return absent;
    return present(
      'major',
      `the common name ${missing} is not in subjectAltName`,
      { 'common name': missing, subjectAltName: [...names.dns, ...names.ip].join(', ') || 'no dNSName or iPAddress' },
      endEntity.sha256,
    );
  },
});
