import { fileRulesOf } from '#products/certificate-files.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { answersOf, nameDifference } from '../answers.ts';

export const requestNamesDiffer = defineFault({
  id: 'request-names-differ',
  category: 'store',
  title: 'The certificate is for other names than its request asked for',
  titleAbsent: 'The certificate is for exactly the names that its request asked for',
  symptom: 'The upload is refused: CSR SAN and Certificate SAN does not match.',
  cause: 'The authority added a name, often www. or the common name, or left one out, often the parent domain.',
  advice:
    'Have the authority issue it again with exactly the names of the request; or make a new request with an empty Parent Domain.',
  severity: 'major',
  sources: [
    cisco.finesseNames('The error at the upload'),
    cisco.uccxCertificates('CSR SAN and Certificate SAN does not match'),
    cisco.cucmCaSigned('Common errors'),
  ],
  judges: 'file',
  detect(evidence) {
    const answers = answersOf(evidence).filter(({ request }) => request.subjectAltName !== null);
    if (answers.length === 0) return notApplicable('no certificate here answers a request that asks for names');
    for (const answer of answers) {
      const { added, lost } = nameDifference(answer);
      if (added.length + lost.length === 0) continue;
      const words = [
        ...(added.length === 0 ? [] : [`has ${added.join(', ')}, which the request did not ask for`]),
        ...(lost.length === 0 ? [] : [`lacks ${lost.join(', ')}, which the request asked for`]),
      ];
      // Only OS Administration compares the sets; elsewhere one name more does no harm.
      const isRefused = fileRulesOf(evidence.machine.type)?.by === 'os-administration';
      return present(
        isRefused || lost.length > 0 ? 'major' : 'notice',
        `the certificate ${words.join(' and ')}`,
        {
          request: answer.path,
          'names asked for': [
            ...(answer.request.subjectAltName?.dns ?? []),
            ...(answer.request.subjectAltName?.ip ?? []),
          ].join(', '),
          'names in the certificate':
            [...(answer.certificate.subjectAltName?.dns ?? []), ...(answer.certificate.subjectAltName?.ip ?? [])].join(
              ', ',
            ) || 'none',
        },
        answer.certificate.sha256,
      );
    }
    return absent;
  },
});
