import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, inconclusive, present } from '../define-fault.ts';
import { modernVersions, olderVersions, refusedModern } from '../negotiated.ts';

export const modernProtocolRefused = defineFault({
  id: 'modern-protocol-refused',
  category: 'protocol',
  title: 'The port speaks neither TLS 1.2 nor TLS 1.3',
  titleAbsent: 'The port speaks TLS 1.2 or TLS 1.3',
  symptom:
    'Browsers of today stop with ERR_SSL_VERSION_OR_CIPHER_MISMATCH; Java of today logs "The server selected protocol version TLS10 is not accepted".',
  cause: 'The software is older than TLS 1.2, or its least and greatest version were both set to an older one.',
  advice: 'Upgrade the software, or allow TLS 1.2; an exception in every browser and every Java is no way out.',
  severity: 'major',
  sources: [
    rfc(9325, '3.1.1'),
    rfc(8996, '1'),
    {
      document: 'JDK-8254713: Disable TLS 1.0 and 1.1',
      section: 'Solution',
      url: 'https://bugs.openjdk.org/browse/JDK-8254713',
      confidence: 'documented',
      read: '2026-11-22',
    },
    {
      document: 'Google Security Blog: Modernizing Transport Security',
      section: 'TLS 1.0 and 1.1 in Chrome',
      url: 'https://security.googleblog.com/2018/10/modernizing-transport-security.html',
      confidence: 'documented',
      read: '2026-11-22',
    },
    cisco.uccxSecurity('set tls server min-version'),
  ],
  judges: 'protocol',
  detect({ endpoint: { listener, machine, place }, handshake, variants }) {
    const answers = modernVersions.map((version) => variants.of(version));
    const isRefused = refusedModern(handshake);
    if (isRefused === false || answers.some((answer) => answer?.outcome === 'answered')) return absent;
    const picked = 'value' in handshake ? handshake.value.protocol : null;
    const spoken = olderVersions.filter(
      (version) => version === picked || variants.of(version)?.outcome === 'answered',
    );
    if (isRefused === null) {
      const unseen = variants.absentIfSeen(...modernVersions);
      if (unseen.status === 'inconclusive') return 'missing' in handshake ? inconclusive(handshake.missing) : unseen;
      const refusals = answers.flatMap((answer) => (answer?.outcome === 'refused' ? [answer.how] : []));
      const isForVersion = refusals.every(
        (how) => how.by === 'version' || (how.by === 'alert' && how.alert === 'protocol_version'),
      );
      if (spoken.length === 0 && !isForVersion) {
        // What refuses everything refuses something else than the version: a name, an address, uccert.
        const alert = refusals.map((how) => (how.by === 'alert' ? how.alert : how.by)).join(', ');
        return inconclusive({
          kind: 'tls-variants',
          of: `${machine.id}:${String(place.port)}`,
          failure: { reason: 'tls-alert', alert },
        });
      }
    }
    const isForAgents = listener?.audiences.includes('agents') ?? false;
    const instead = spoken.length === 0 ? 'no older one that was tried' : spoken.join(', ');
    return present(isForAgents ? 'critical' : 'major', `TLS 1.2 and TLS 1.3 are refused; accepted is ${instead}`, {
      accepted: instead,
      refused: modernVersions.join(', '),
    });
  },
});
