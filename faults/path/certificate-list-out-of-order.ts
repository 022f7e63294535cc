import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable, isSelfSigned } from '#x509/certificate.ts';
import { issued } from '#x509/path.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const certificateListOutOfOrder = defineFault({
  id: 'certificate-list-out-of-order',
  category: 'path',
  title: 'The certificate_list is out of order',
  titleAbsent: 'Each certificate of the list certifies the one before it',
  symptom: 'Most browsers cope; phones, older Java and embedded clients refuse the handshake.',
  cause: 'The file or the store from which the service presents holds the certificates in another order.',
  advice:
    'Put the end entity certificate first, then its issuer, then the issuer of that; load it again and restart the service.',
  severity: 'minor',
  sources: [rfc(5246, '7.4.2'), rfc(8446, '4.4.2')],
  judges: 'presented',
  detect({ presented: { endEntity, list } }) {
    let current = endEntity;
    for (let place = 0; !isSelfSigned(current); place += 1) {
      // Only what stands behind counts: an issuer that stands before has led here, and the path would go round.
      const issuer = list.findIndex(
        (candidate, at) => at > place && isReadable(candidate) && issued(candidate, current),
      );
      const next = list[issuer];
      if (next === undefined || !isReadable(next)) return absent;
      if (issuer !== place + 1) {
        return present(
          'minor',
          `${certificateTitle(next)} stands at place ${String(issuer + 1)} of the list and should stand at place ${String(place + 2)}`,
          { 'as sent': list.map((sent) => (isReadable(sent) ? certificateTitle(sent) : 'unreadable')).join(', ') },
          endEntity.sha256,
        );
      }
      current = next;
    }
    return absent;
  },
});
