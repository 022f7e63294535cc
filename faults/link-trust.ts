import type { Source } from '#model/source.ts';
import { windowsStores, type Relation } from '#products/relations.ts';
import { isReadable, isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { buildPath, type PathResult } from '#x509/path.ts';
import type { Presented, TrustEntry } from './define-fault.ts';

/**
 * The path of a link by the rules of the client that owns the store. Java, and with it VOS, takes every trusted entry for an
 * anchor, whoever issued it. Windows does so with Root and, for the programs of CCE, with what CiscoCertUtil puts into My; an
 * intermediate in CA completes a path and ends none.
 */
export function linkPath({ endEntity, list }: Presented, entries: readonly TrustEntry[]): PathResult {
  const known = [...list.filter(isReadable), ...held(entries.filter((entry) => entry.in === 'CA'))];
  return buildPath(endEntity, known, held(entries.filter((entry) => entry.in !== 'CA')));
}

/** What is to be imported for a store to trust what a peer presents, as the beginning of a sentence. Peers of one authority have one import. */
export function importOf(peer: string, endEntity: Certificate): string {
  return isSelfSigned(endEntity)
    ? `Import the certificate of ${peer} into the trust store named`
    : `Import the authority of the certificate (${endEntity.issuer}), its root first, into the trust store named`;
}

/** The authority that a store lacks for a link, by its name; null where the peer is its own. */
export function authorityLacking(presented: Presented, entries: readonly TrustEntry[]): string | null {
  if (isSelfSigned(presented.endEntity)) return null;
  return (linkPath(presented, entries).path.at(-1) ?? presented.endEntity).issuer;
}

/** What the logs say of a peer that is not trusted, where a store of Windows decides; null where Java does, or VOS, whose programs are Java. */
export function wordsOfWindows({ store }: Pick<Relation, 'store'>): string | null {
  return store === windowsStores ? schannelWords : null;
}

const schannelWords =
  'Windows (Schannel) says SEC_E_UNTRUSTED_ROOT (0x80090325), its name for the TLS alert unknown_ca';

/** Where those words are from. */
export const schannelErrors: Source = {
  document: 'Schannel error codes for TLS and SSL alerts',
  section: 'TLS1_ALERT_UNKNOWN_CA',
  url: 'https://learn.microsoft.com/en-us/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts',
  confidence: 'documented',
  read: '2026-11-23',
};

/** What the store holds of the same name as the presented certificate, and from before it: the peer was renewed since. */
export function earlierInStore({ endEntity }: Presented, entries: readonly TrustEntry[]): Certificate | null {
  const namesakes = held(entries).filter(
    ({ subjectName, sha256, notBefore }) =>
      subjectName === endEntity.subjectName && sha256 !== endEntity.sha256 && notBefore < endEntity.notBefore,
  );
  return namesakes.sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime())[0] ?? null;
}

function held(entries: readonly TrustEntry[]): Certificate[] {
  return entries.map(({ certificate }) => certificate).filter(isReadable);
}
