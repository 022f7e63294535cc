import { isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { cisco } from '#products/sources.ts';
import { rfc } from '#model/rfc.ts';
import { defineFault, present } from '../define-fault.ts';
import { instant } from '../words.ts';

export const dualCertificatesDiffer = defineFault({
  id: 'dual-certificates-differ',
  category: 'key',
  title: 'The RSA and the ECDSA certificate of the port differ in more than their key',
  titleAbsent: 'The port has one certificate, or two that differ in their key only',
  symptom:
    'Some clients connect and others do not; an agent accepts the certificate and the browser still refuses, because HSTS lets nobody accept the other one.',
  cause:
    'One of the two was signed or renewed and the other was forgotten: tomcat and tomcat-ECDSA are requested and uploaded apart.',
  advice:
    'Have both signed by the same authority for the same names, or let the port present the RSA certificate only.',
  severity: 'major',
  sources: [cisco.uccxEcdsa('A signed RSA and a self-signed ECDSA certificate'), rfc(6797, '8.4')],
  judges: 'variants',
  detect({ variants }, { now }) {
    const rsa = variants.presentedTo('rsa')?.endEntity;
    const ecdsa = variants.presentedTo('ecdsa')?.endEntity;
    // A server without a suitable certificate may send the one it has all the same (RFC 8446 section 4.4.2.2).
    if (rsa === undefined || ecdsa === undefined || rsa.sha256 === ecdsa.sha256)
      return variants.absentIfSeen('rsa', 'ecdsa');
    const differing = properties.filter(({ of }) => of(rsa, now) !== of(ecdsa, now));
    if (differing.length === 0) return variants.absentIfSeen('rsa', 'ecdsa');
    return present(
      'major',
      `the two certificates differ in ${differing.map(({ name }) => name).join(' and ')}`,
      Object.fromEntries(
        differing.flatMap(({ name, of }) => [
          [`${name}, RSA`, of(rsa, now)],
          [`${name}, ECDSA`, of(ecdsa, now)],
        ]),
      ),
      worse(rsa, ecdsa, now).sha256,
    );
  },
});

/** What must be the same of both, as text. */
const properties: readonly { readonly name: string; readonly of: (certificate: Certificate, now: Date) => string }[] = [
  { name: 'signer', of: signerOf },
  { name: 'names', of: namesOf },
  { name: 'validity', of: validityOf },
];

/** Who signs is a person's trust: itself, or an authority. Two authorities of one organisation, one for each key type, are as they should be. */
function signerOf(certificate: Certificate): string {
  return isSelfSigned(certificate) ? 'self-signed' : 'signed by an authority';
}

function namesOf({ subjectAltName }: Certificate): string {
  const names = [...(subjectAltName?.dns ?? []).map((name) => name.toLowerCase()), ...(subjectAltName?.ip ?? [])];
  return [...new Set(names)].sort().join(', ') || 'no subjectAltName';
}

/** They may end on different days; that only one of them is valid is what clients meet. */
function validityOf({ notBefore, notAfter }: Certificate, now: Date): string {
  if (now < notBefore) return `not valid before ${instant(notBefore)}`;
  return now > notAfter ? `not valid after ${instant(notAfter)}` : 'valid';
}

/** The one that clients stop at: not valid, else self-signed, else with fewer names. */
function worse(rsa: Certificate, ecdsa: Certificate, now: Date): Certificate {
  const isValid = (certificate: Certificate): boolean => validityOf(certificate, now) === 'valid';
  if (isValid(rsa) !== isValid(ecdsa)) return isValid(rsa) ? ecdsa : rsa;
  if (isSelfSigned(rsa) !== isSelfSigned(ecdsa)) return isSelfSigned(rsa) ? rsa : ecdsa;
  return namesOf(rsa).length < namesOf(ecdsa).length ? rsa : ecdsa;
}
