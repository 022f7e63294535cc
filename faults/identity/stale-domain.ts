import { rfc } from '#model/rfc.ts';
import { products } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { isFor, referenceIdentifier } from '#x509/identity.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const staleDomain = defineFault({
  id: 'stale-domain',
  category: 'identity',
  title: 'The certificate has the machine under another domain',
  titleAbsent: 'The certificate does not have the machine under another domain',
  symptom: 'Reached by its present name the machine is refused: browsers stop with NET::ERR_CERT_COMMON_NAME_INVALID.',
  cause: 'The domain of the machine was changed or entered for the first time, and its certificate is from before.',
  advice:
    'Regenerate every Tomcat certificate, or request it anew, before it is exported or handed out; where the inventory has the old domain, correct the inventory.',
  severity: 'major',
  // The advice is that of the Voice Operating System; on Windows another name is a name-mismatch.
  appliesTo: products.filter(({ platform }) => platform === 'vos').map(({ id }) => ({ product: id })),
  sources: [
    cisco.uccxCertificates('DNS and domain'),
    cisco.finesseGettingStarted('Names of certificates'),
    cisco.uccxCertificates('That other machines of the Voice Operating System are alike', 'inferred'),
    rfc(9525, '6.3'),
  ],
  judges: 'presented',
  detect({ endpoint: { machine }, presented: { endEntity } }) {
    const { fqdn } = machine;
    if (fqdn === null) return notApplicable('the inventory has no name of the machine');
    const [host, domain] = split(fqdn);
    // A certificate for both domains, as during a move, is for the present name too.
    if (domain === '' || isFor(endEntity, referenceIdentifier(fqdn))) return absent;
    const names = [...(endEntity.subjectAltName?.dns ?? []), ...endEntity.commonNames];
    const stale = names.find((name) => {
      const [itsHost, itsDomain] = split(name);
      return itsHost === host && itsDomain !== '' && itsDomain !== domain;
    });
    if (stale === undefined) return absent;
    return present(
      'major',
      `the certificate is for ${stale}, the inventory says ${fqdn}`,
      { 'domain in the certificate': split(stale)[1], 'domain in the inventory': domain },
      endEntity.sha256,
    );
  },
});

/** The first label and what follows it. */
function split(name: string): readonly [host: string, domain: string] {
  const [host = '', ...domain] = name.toLowerCase().replace(/\.$/, '').split('.');
  return [host, domain.join('.')];
}
