import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';

const mostNames = 10;

const afterwards = {
  completed: 'the handshake goes on',
  refused: 'the server ends the handshake',
  'not-known': 'the server did not say in time',
  'not-tried': 'not tried in a scan of this size (uccert scan --deep)',
} as const;

export const clientCertificateRequested = defineFault({
  id: 'client-certificate-requested',
  category: 'protocol',
  title: 'The port asks its clients for a certificate',
  titleAbsent: 'The port asks its clients for no certificate',
  symptom:
    'The browser shows a list of certificates to choose from before the sign-in page; where one is required, the page does not open without.',
  cause:
    'Client authentication is on, as Finesse has it for its reverse proxy after a fresh installation, and clients on the LAN meet it too.',
  advice:
    'On Finesse without a reverse proxy: utils system reverse-proxy client-auth disable on both nodes. Where machines are to prove themselves, see that they hold a certificate of one of the authorities named.',
  severity: 'minor',
  sources: [rfc(8446, '4.3.2'), rfc(5246, '7.4.4'), cisco.finesseSecurity('utils system reverse-proxy client-auth')],
  judges: 'client-certificate',
  detect({ endpoint: { listener }, clientCertificate }) {
    if (clientCertificate.request === 'none') return absent;
    const { authorities, without } = clientCertificate;
    const isForPeople = listener?.audiences.some((audience) => audience !== 'machines') ?? false;
    const severity = !isForPeople ? 'notice' : without === 'refused' ? 'major' : 'minor';
    const more = authorities.length - mostNames;
    return present(
      severity,
      without === 'refused' ? 'a client certificate is required' : 'a client certificate is asked for',
      {
        'accepted authorities': [
          ...(authorities.length === 0 ? ['any'] : authorities.slice(0, mostNames)),
          ...(more > 0 ? [`and ${String(more)} more`] : []),
        ].join('; '),
        'without one': afterwards[without],
      },
    );
  },
});
