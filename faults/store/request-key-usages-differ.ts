import { cisco } from '#products/sources.ts';
import { keyPurposeTitle } from '#x509/oids.ts';
import { answersOf } from '../answers.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const requestKeyUsagesDiffer = defineFault({
  id: 'request-key-usages-differ',
  category: 'store',
  title: 'The certificate allows less than its request asked for',
  titleAbsent: 'The certificate allows what its request asked for',
  symptom: 'Nothing at the upload; later a link on which the machine is the client, or another service, fails.',
  cause: "The authority issued from a template of its own, and the template lacks what the machine's request holds.",
  advice:
    'Compare what is missing with what the machine needs; have it issued from a template with server and client authentication.',
  // OS Administration compares names and keys; no document says that it compares these.
  severity: 'notice',
  sources: [cisco.uccxOperatingSystem('Extensions of the certificate signing request')],
  judges: 'file',
  detect(evidence) {
    const answers = answersOf(evidence).filter(
      ({ hasSameKey, request }) => hasSameKey && (request.keyUsage !== null || request.extKeyUsage !== null),
    );
    if (answers.length === 0) return notApplicable('no certificate here answers a request that asks for key usages');
    for (const { certificate, request, path } of answers) {
      // An extension left out allows everything: RFC 5280 sections 4.2.1.3 and 4.2.1.12.
      const lost = [
        ...missingOf(request.keyUsage, certificate.keyUsage),
        ...missingOf(request.extKeyUsage, certificate.extKeyUsage).map(keyPurposeTitle),
      ];
      if (lost.length === 0) continue;
      return present(
        'notice',
        `the certificate lacks ${lost.join(', ')}, which the request asked for`,
        {
          request: path,
          keyUsage: certificate.keyUsage?.join(', ') ?? 'none',
          extKeyUsage: certificate.extKeyUsage?.map(keyPurposeTitle).join(', ') ?? 'none',
        },
        certificate.sha256,
      );
    }
    return absent;
  },
});

function missingOf(asked: readonly string[] | null, got: readonly string[] | null): readonly string[] {
  return asked === null || got === null ? [] : asked.filter((usage) => !got.includes(usage));
}
