import { isReadable, type Certificate } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import type { ClientTrust, Presented } from './define-fault.ts';

/**
 * A fault of the path although every signature of it verifies, or null where each client finds a path without. Clients that trust
 * nothing of it say nothing; where none does, the path is the one that was sent.
 */
export function faultOfPath<T>(
  { endEntity, list }: Presented,
  clients: readonly ClientTrust[],
  faultOf: (path: readonly Certificate[]) => T | null,
): { readonly path: readonly Certificate[]; readonly fault: T } | null {
  const sent = list.filter(isReadable);
  const isWithout = (path: readonly Certificate[]): boolean => faultOf(path) === null;
  const anchored = clients
    .map(({ anchors }) => buildPath(endEntity, sent, anchors, isWithout))
    .filter(({ status }) => status === 'anchored');
  const results = anchored.length > 0 ? anchored : [buildPath(endEntity, sent, [], isWithout)];
  for (const { path } of results) {
    const fault = faultOf(path);
    if (fault !== null) return { path, fault };
  }
  return null;
}
