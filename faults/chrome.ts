import { isReadable, isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { repeatedExtension } from '#x509/extensions.ts';
import { isFor, referenceIdentifier } from '#x509/identity.ts';
import { buildPath } from '#x509/path.ts';
import { isValidPath } from '#x509/path-validation.ts';
import type { ClientTrust, Presented } from './define-fault.ts';
import { isSignedWithBrokenHash } from './key/weak-signature-algorithm.ts';

/** The errors Chrome stops at for a certificate, the one it shows when there are several first. */
export const chromeErrors = [
  // The handshake ends before the certificate is judged.
  'net::ERR_SSL_KEY_USAGE_INCOMPATIBLE',
  'net::ERR_CERT_INVALID',
  'net::ERR_CERT_AUTHORITY_INVALID',
  'net::ERR_CERT_COMMON_NAME_INVALID',
  'net::ERR_CERT_WEAK_KEY',
  'net::ERR_CERT_DATE_INVALID',
] as const;
export type ChromeError = (typeof chromeErrors)[number];

/** What Chrome stops at where the port speaks neither TLS 1.2 nor 1.3, whatever it presents: net/base/net_error_list.h. */
export const versionError = 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH';

/** What is known of the port and of the PC. */
export interface ChromeVisit {
  readonly host: string;
  readonly presented: Presented;
  readonly client: ClientTrust;
  readonly now: Date;
}

/**
 * What Chrome makes of a certificate: the error it stops at, or null where it shows the page. From Chromium's
 * net/cert/cert_status_flags.cc (which of several is shown) and cert_verify_proc_builtin.cc; tests/integration/chrome.test.ts holds it
 * against a real one in every scenario.
 */
export function predictChrome(visit: ChromeVisit, errors = certificateErrors(visit)): ChromeError | null {
  const isNamed = isFor(visit.presented.endEntity, referenceIdentifier(visit.host));
  return (
    chromeErrors.find(
      (error) => errors.includes(error) || (!isNamed && error === 'net::ERR_CERT_COMMON_NAME_INVALID'),
    ) ?? null
  );
}

/** What Chrome finds wrong whatever the host is called. */
export function certificateErrors(visit: Omit<ChromeVisit, 'host'>): readonly ChromeError[] {
  return [...errorsOf(visit)];
}

function* errorsOf({ presented: { endEntity, list }, client, now }: Omit<ChromeVisit, 'host'>): Iterable<ChromeError> {
  const isInDate = ({ notBefore, notAfter }: Certificate): boolean => now >= notBefore && now <= notAfter;
  const isWell = (path: readonly Certificate[]): boolean => isValidPath(path) && path.every(isInDate);
  const isAccepted = client.accepted.has(endEntity.sha256);
  const sent = list.filter(isReadable);
  const { status, path } = isAccepted
    ? ({ status: 'anchored', path: [endEntity] } as const)
    : buildPath(endEntity, sent, client.anchors, isWell);

  if (repeatedExtension(endEntity.extensions) !== null) yield 'net::ERR_CERT_INVALID';
  if (status !== 'anchored') yield 'net::ERR_CERT_AUTHORITY_INVALID';
  else if (!isValidPath(path)) yield 'net::ERR_CERT_INVALID';
  if (!path.every(isInDate)) yield 'net::ERR_CERT_DATE_INVALID';
  if (path.some((certificate) => !isSelfSigned(certificate) && isSignedWithBrokenHash(certificate)))
    yield 'net::ERR_CERT_INVALID';
  const { type, bits } = endEntity.publicKey;
  if (type === 'rsa' && bits !== null && bits < 1024) yield 'net::ERR_CERT_WEAK_KEY';
  if (endEntity.keyUsage !== null && !endEntity.keyUsage.includes('digitalSignature'))
    yield 'net::ERR_SSL_KEY_USAGE_INCOMPATIBLE';
}
