import { certificateTitle } from '#x509/certificate.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { instant } from '../words.ts';

export const portsPresentDifferentCertificates = defineFault({
  id: 'ports-present-different-certificates',
  category: 'consistency',
  title: 'Ports that share one identity present different certificates',
  titleAbsent: 'Ports that share one identity present the same certificate',
  symptom:
    'Part of the desktop works and part does not: sign-in is fine and Live Data stays empty, or the other way round.',
  cause: 'After a change not every service was restarted; those left out keep the old certificate in memory.',
  advice: 'Restart the services of the ports that present the older certificate, or the machine.',
  severity: 'major',
  sources: [
    cisco.uccxCertificates('Restart after the upload'),
    cisco.uccxEcdsa('Which listener presents which certificate'),
    cisco.uccxCli('Services; which of them presents the certificate', 'inferred'),
  ],
  judges: 'machine',
  detect({ ports }) {
    // In an order that does not hang on which port was looked at first.
    const inOrder = ports.toSorted((a, b) => a.endpoint.place.port - b.endpoint.place.port);
    // RSA is compared with RSA and ECDSA with ECDSA: a machine may hold one of each.
    const identities = Map.groupBy(
      inOrder,
      ({ endEntity, endpoint }) => `${endpoint.listener?.presents ?? ''} ${endEntity.publicKey.type}`,
    );
    for (const identity of identities.values()) {
      const groups = Map.groupBy(identity, ({ endEntity }) => endEntity);
      const [newest, ...older] = [...groups]
        .map(([certificate, group]) => ({ certificate, endpoints: group.map(({ endpoint }) => endpoint) }))
        .sort((a, b) => b.certificate.notBefore.getTime() - a.certificate.notBefore.getTime());
      if (newest === undefined || older.length === 0) continue;
      const title = ({ certificate, endpoints }: typeof newest): string =>
        `${certificateTitle(certificate)}, notBefore ${instant(certificate.notBefore)}, on ${endpoints.map(({ place }) => place.port).join(', ')}`;
      return present('major', `${String(groups.size)} certificates where there should be one`, {
        newest: title(newest),
        ...Object.fromEntries(older.map((group, place) => [`older ${String(place + 1)}`, title(group)])),
        'restart for it': [
          ...new Set(
            older.flatMap(({ endpoints }) => endpoints.map(({ listener }) => listener?.service ?? 'unknown service')),
          ),
        ].join(', '),
      });
    }
    return absent;
  },
});
