import type { Certificate } from '#x509/certificate.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present, type Endpoint } from '../define-fault.ts';
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
    // RSA is compared with RSA and ECDSA with ECDSA: a machine may hold one of each.
    for (const kind of new Set(ports.map(({ endEntity }) => endEntity.publicKey.type))) {
      const groups = new Map<string, { certificate: Certificate; endpoints: Endpoint[] }>();
      for (const { endEntity, endpoint } of ports) {
        if (endEntity.publicKey.type !== kind) continue;
        const key = `${endpoint.listener?.presents ?? ''} ${endEntity.sha256}`;
        const group = groups.get(key) ?? { certificate: endEntity, endpoints: [] };
        group.endpoints.push(endpoint);
        groups.set(key, group);
      }
      const newestFirst = [...groups.values()].sort(
        (a, b) => b.certificate.notBefore.getTime() - a.certificate.notBefore.getTime(),
      );
      const [newest, ...older] = newestFirst;
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
