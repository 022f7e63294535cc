import { rfc } from '#model/rfc.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const certificateVersionObsolete = defineFault({
  id: 'certificate-version-obsolete',
  category: 'path',
  title: 'The certificate is of an obsolete version',
  titleAbsent: 'The certificate is of version 3',
  symptom:
    'Clients that demand version 3 end the handshake; others find no subjectAltName, which only version 3 can carry.',
  cause: 'The request was signed by hand without extensions, for example with "openssl x509 -req" of an older release.',
  advice: 'Have the certificate issued again with its extensions, subjectAltName first of all.',
  severity: 'minor',
  sources: [rfc(5280, '4.1.2.1'), rfc(5246, '7.4.2'), rfc(8446, '4.4.2.2')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const { version } = endEntity;
    if (version >= 3) return absent;
    return present(
      'minor',
      `the certificate is of version ${String(version)}`,
      { version: String(version), extensions: 'none' },
      endEntity.sha256,
    );
  },
});
