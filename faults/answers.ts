import type { Certificate } from '#x509/certificate.ts';
import type { CertificationRequest } from '#x509/certification-request.ts';
import { isAddress } from '#x509/identity.ts';
import type { FileEvidence } from './define-fault.ts';

/** A certificate, and the request that it answers. */
export interface Answer {
  readonly certificate: Certificate;
  readonly path: string;
  readonly request: CertificationRequest;
  readonly hasSameKey: boolean;
}

/**
 * Which certificate answers which request. A request of the same key counts wherever it lies; one of another key only where
 * the caller named it, and none that he named has the key.
 */
export function answersOf({ endEntities, requests }: FileEvidence): Answer[] {
  return endEntities.flatMap((certificate): Answer[] => {
    const same = requests.find(({ request }) => request.subjectPublicKeyInfo === certificate.subjectPublicKeyInfo);
    if (same !== undefined) return [{ certificate, ...same, hasSameKey: true }];
    const named = requests.find(({ isNamed }) => isNamed);
    return named === undefined ? [] : [{ certificate, ...named, hasSameKey: false }];
  });
}

/** Names of subjectAltName as a set: neither order nor case counts. */
function namesOf(names: { readonly dns: readonly string[]; readonly ip: readonly string[] } | null): Set<string> {
  const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');
  return new Set([...(names?.dns.map(plain) ?? []), ...(names?.ip.map(canonical) ?? [])]);
}

function canonical(address: string): string {
  const url = `http://${address.includes(':') ? `[${address}]` : address}`;
  return isAddress(address) && URL.canParse(url) ? new URL(url).hostname : address;
}

/** The names that the certificate has and the request has not, and the other way round. */
export function nameDifference({ certificate, request }: Answer): { added: string[]; lost: string[] } {
  const asked = namesOf(request.subjectAltName);
  const got = namesOf(certificate.subjectAltName);
  return {
    added: [...got].filter((name) => !asked.has(name)).sort(),
    lost: [...asked].filter((name) => !got.has(name)).sort(),
  };
}
