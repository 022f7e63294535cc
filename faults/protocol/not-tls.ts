import { rfc } from '#model/rfc.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

const speechTitles = {
  http: 'plain HTTP',
  ssh: 'SSH',
  smtp: 'SMTP',
  xmpp: 'plain XMPP',
  unknown: 'no protocol that uccert knows',
} as const;

export const notTls = defineFault({
  id: 'not-tls',
  category: 'protocol',
  title: 'The port does not speak TLS',
  titleAbsent: 'The port speaks TLS',
  symptom: 'Browsers stop with ERR_SSL_PROTOCOL_ERROR.',
  cause: 'The service fell back to plain text, another program took the port, or a proxy answers in its place.',
  advice: 'Find out which program holds the port, and give it back to the service the product documents there.',
  severity: 'critical',
  sources: [rfc(8446, '5.1')],
  judges: 'connection',
  detect({ connection }) {
    if (connection.answer === 'refused') return notApplicable('nothing listens on the port');
    if (connection.answer === 'tls') return absent;
    return present('critical', `the port speaks ${speechTitles[connection.speech]}`, {
      'first bytes': JSON.stringify(connection.firstBytes),
    });
  },
});
