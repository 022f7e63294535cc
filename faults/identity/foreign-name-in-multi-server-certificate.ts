import { cisco } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const foreignNameInMultiServerCertificate = defineFault({
  id: 'foreign-name-in-multi-server-certificate',
  category: 'identity',
  title: 'The certificate of UCCX is for another server too',
  titleAbsent: 'The certificate of UCCX is for no other server of the inventory',
  symptom: 'Nothing at first. The certificate is one that Cisco does not support, and the other server needs its own.',
  cause: 'One request was made for UCCX and for CCP or others, to pay for one certificate only.',
  advice: 'Have the certificate issued again with the two UCCX nodes only, and one of its own for the other server.',
  severity: 'major',
  appliesTo: [{ product: 'uccx', releases: { from: '11.6' } }],
  sources: [cisco.uccxCertificates('Multi-server SAN: the two UCCX nodes only')],
  judges: 'presented',
  detect({ presented: { endEntity }, machines }) {
    const names = endEntity.subjectAltName;
    if (names === null) return notApplicable('the certificate has no subjectAltName at all');
    const others = machines.filter(({ type }) => type !== 'UCCX_PUBLISHER' && type !== 'UCCX_SUBSCRIBER');
    // A name that is none of the inventory's may be a node's older or second one: only another machine's is foreign for sure.
    const foreign = others.find(({ fqdn }) => fqdn !== null && names.dns.some((name) => isSame(name, fqdn)));
    if (foreign === undefined) return absent;
    return present(
      'major',
      `the certificate is for ${foreign.fqdn ?? foreign.id} too, which is no UCCX node`,
      { subjectAltName: names.dns.join(', '), 'in the inventory': `${foreign.id}, ${foreign.type}` },
      endEntity.sha256,
    );
  },
});

function isSame(name: string, other: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\.$/, '');
  return plain(name) === plain(other);
}
