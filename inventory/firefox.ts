import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { FirefoxException, FirefoxTrust } from '#model/firefox-trust.ts';
import type { Client } from '#model/inventory.ts';
import type { Inventory } from './load.ts';

/**
 * A single certificate that calls itself an authority, as self-signed ones of VOS do, Firefox takes from no policy: it stops with
 * MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY (tried with 153). People accept its warning, which covers its dates, too. There is one
 * exception for each port; that of two certificates of one machine it is for the newer is inferred.
 */
export function firefoxTrust(client: Client, { certificates, snapshot }: Inventory): FirefoxTrust {
  const accepted = client.accepted.map((sha256) => ({ sha256, read: reading(certificates[sha256] ?? '') }));
  const byPolicy = [...client.anchors, ...accepted.filter(({ read }) => !read?.ca).map(({ sha256 }) => sha256)];
  const byException = accepted.flatMap(({ sha256, read }) => (read?.ca === true ? [{ sha256, read }] : []));
  byException.sort((left, right) => left.read.validFromDate.getTime() - right.read.validFromDate.getTime());
  const exceptions = new Map<string, FirefoxException>();
  for (const { sha256, read } of byException) {
    for (const { fqdn, address, ports } of snapshot.machines) {
      const host = fqdn ?? address;
      if (host === null || !names(read, host)) continue;
      for (const port of ports) exceptions.set(`${host}:${String(port)}`, { host, port, sha256 });
    }
  }
  return { byPolicy: [...new Set(byPolicy)], exceptions: [...exceptions.values()] };
}

function names(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}

function reading(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}
