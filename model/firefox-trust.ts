import type { Sha256 } from './names.ts';

/** A certificate that Firefox takes at one place in spite of everything, as when a person has accepted its warning. */
export interface FirefoxException {
  readonly host: string;
  readonly port: number;
  readonly sha256: Sha256;
}

/** How the Firefox of a client comes to trust what the client trusts. */
export interface FirefoxTrust {
  /** Handed out by a policy: anchors, and single certificates that do not call themselves authorities. */
  readonly byPolicy: readonly Sha256[];
  /** Accepted at the ports of the machines that they name. */
  readonly exceptions: readonly FirefoxException[];
}

/**
 * Firefox policies (firefox-admin-docs.mozilla.org, Certificates). Files: absolute, or by the names under which they stand where Firefox
 * looks for certificates of policies. Each becomes an authority for servers.
 */
export function firefoxPolicies(files: readonly string[], { importEnterpriseRoots = false } = {}): string {
  const Certificates = { ImportEnterpriseRoots: importEnterpriseRoots, Install: files };
  return `${JSON.stringify({ policies: { Certificates } }, null, 2)}\n`;
}

/** The exceptions of a Firefox profile, its file `cert_override.txt`. The object identifier is that of SHA-256. */
export function firefoxExceptions(exceptions: readonly FirefoxException[]): string {
  const lines = exceptions.map(({ host, port, sha256 }) => {
    const fingerprint = sha256.toUpperCase().match(/../g)?.join(':') ?? '';
    return `${host}:${String(port)}:\tOID.2.16.840.1.101.3.4.2.1\t${fingerprint}\t\n`;
  });
  return ['# PSM Certificate Override Settings file\n', ...lines].join('');
}
