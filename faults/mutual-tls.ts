import type { Severity } from '#model/finding.ts';
import { productOf } from '#products/index.ts';
import type { MutualTls } from '#products/product.ts';
import { isInRange } from '#products/release.ts';
import type { Presenter } from './define-fault.ts';

/**
 * A documented link with mutual TLS on which the machine shows this certificate as a client; of several the one that is secured as
 * installed. A file counts for every identity of its machine, for it does not say which it is to be.
 */
export function mutualTlsOf({ machine, listener }: Presenter): MutualTls | null {
  const links = (productOf(machine.type).mutualTls ?? []).filter(
    ({ identity, releases }) =>
      (listener === null || listener.presents === identity) && isInRange(machine.release, releases ?? {}) !== false,
  );
  return links.find(({ isSecured }) => isSecured === 'as installed') ?? links[0] ?? null;
}

/** How bad it is that such a link gets no client certificate. Whether an administrator secured a link does not show from outside. */
export function severityOf(link: MutualTls | null): Severity {
  if (link === null) return 'notice';
  return link.isSecured === 'as installed' ? 'major' : 'minor';
}
