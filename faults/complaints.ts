import type { Sources } from '#model/source.ts';
import { cisco } from '#products/sources.ts';
import type { FaultId } from './index.ts';

/** One thing that people say is wrong, and where engineers look for it, the likeliest first. */
export interface Complaint {
  readonly id: string;
  /** What is wrong, one line. */
  readonly title: string;
  /** How people say it; each is matched by itself. */
  readonly says: readonly [string, ...string[]];
  readonly leads: readonly [Lead, ...Lead[]];
  readonly sources: Sources;
}

/** A fault behind a complaint, and where it then is. */
export interface Lead {
  readonly fault: FaultId;
  /** The ports it shows at; left out where any will do. */
  readonly ports?: readonly number[];
  /** The products that present what is at fault. */
  readonly products?: readonly string[];
}

const signIn = [443, 8443, 8445];
const liveData = [12015, 8444, 9443, 443];
const desktopEvents = [7443, 8445, 5223];

/** What stops where one certificate does not satisfy one client, whichever way. */
function refusedBy(where: Omit<Lead, 'fault'>): readonly [Lead, ...Lead[]] {
  return [
    { fault: 'certificate-expired', ...where },
    { fault: 'ports-present-different-certificates', ...where },
    { fault: 'previous-certificate-presented', ...where },
    { fault: 'untrusted-issuer', ...where },
    { fault: 'self-signed-certificate', ...where },
    { fault: 'intermediate-missing', ...where },
    { fault: 'issuer-expired', ...where },
    { fault: 'name-mismatch', ...where },
    { fault: 'service-not-listening', ...where },
  ];
}

/** Complaints in the words of those who have them. */
export const complaints: readonly Complaint[] = [
  {
    id: 'invalid-user-id-or-password',
    title: 'Finesse says "Invalid User ID/Password" though the password is right',
    says: [
      'Invalid User ID/Password',
      'invalid username or password at Finesse sign-in, password is right',
      'agents cannot sign in to Finesse',
      'agents cannot log in, login fails',
      'Finesse login failed for all agents',
    ],
    leads: [
      { fault: 'unsupported-critical-extension', products: ['cucm'] },
      { fault: 'certificate-expired', products: ['cucm'] },
      { fault: 'peer-not-trusted', products: ['cucm'] },
      { fault: 'peer-certificate-outdated-in-store', products: ['cucm'] },
      { fault: 'trust-certificate-expired', products: ['uccx'] },
      { fault: 'certificate-not-yet-valid', products: ['cucm'] },
      ...refusedBy({ ports: signIn, products: ['uccx'] }),
    ],
    sources: [cisco.uccxCertificates('CSCvd56174'), cisco.uccxPostInstallation('Upload certificates')],
  },
  {
    id: 'live-data-empty',
    title: 'Live Data gadgets stay empty',
    says: [
      'Live Data stays empty',
      'live data gadget blank, no data, not loading',
      'live data reports do not update, stand still',
      'gadget empty, might be temporarily down or moved permanently',
      'team performance and queue statistics gadgets show nothing',
    ],
    leads: refusedBy({ ports: liveData, products: ['uccx'] }),
    sources: [cisco.uccxCertificates('Client applications and certificates'), cisco.uccxEcdsa('CSCvb46250')],
  },
  {
    id: 'chat-does-not-open',
    title: 'Chat does not reach agents',
    says: [
      'chat does not open',
      'chat contacts are not presented to agents',
      'chat and e-mail gadget does not load',
      'web chat not working, SocialMiner, CCP, Customer Collaboration Platform',
      'unable to communicate to the CCP',
    ],
    leads: [
      { fault: 'peer-not-trusted', products: ['ccp', 'uccx'] },
      { fault: 'peer-certificate-outdated-in-store', products: ['ccp', 'uccx'] },
      { fault: 'ecdsa-certificate-from-rsa-authority', products: ['ccp'] },
      { fault: 'public-issuer-required', products: ['ccp'] },
      ...refusedBy({ products: ['ccp'] }),
      { fault: 'trust-certificate-expired', products: ['uccx', 'ccp'] },
    ],
    sources: [cisco.uccxSubsystems('CCP Configuration'), cisco.uccxEcdsa('CSCvb58580')],
  },
  {
    id: 'desktop-disconnects',
    title: 'The desktop loses its connection or stays after a failover',
    says: [
      'Finesse desktop disconnects, reconnecting, lost connection to the server',
      'failover to the other node fails, agents stay signed out',
      'state changes do not arrive, no events, notification service',
    ],
    leads: [
      { fault: 'peer-not-trusted', products: ['uccx'] },
      { fault: 'peer-certificate-outdated-in-store', products: ['uccx'] },
      { fault: 'machine-missing-from-multi-server-certificate', products: ['uccx'] },
      ...refusedBy({ ports: desktopEvents, products: ['uccx'] }),
    ],
    sources: [cisco.finesseSecurity('Certificates of peer nodes'), cisco.uccxPorts('All tables')],
  },
  {
    id: 'certificate-not-accepted',
    title: 'The desktop asks to accept a certificate',
    says: [
      'SSL Certificate Not Accepted',
      'Finesse asks to accept certificates in a new tab at every sign-in',
      'your connection is not private',
      'security warning in Chrome, Edge or Firefox, NET::ERR_CERT_AUTHORITY_INVALID',
      'SEC_ERROR_UNKNOWN_ISSUER, MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT',
    ],
    leads: [
      { fault: 'untrusted-issuer' },
      { fault: 'self-signed-certificate' },
      { fault: 'intermediate-missing' },
      { fault: 'dual-certificates-differ' },
      { fault: 'ports-present-different-certificates' },
    ],
    sources: [cisco.uccxCertificates('Client applications and certificates')],
  },
  {
    id: 'works-in-browser-not-in-java',
    title: 'A browser connects, a server does not',
    says: [
      'PKIX path building failed',
      'works in Chrome but fails in Java, SSLHandshakeException in the logs',
      'unable to find valid certification path to requested target',
      'unable to verify the first certificate',
      'SSL certificate problem: unable to get local issuer certificate',
      'phones or servers refuse what browsers accept',
    ],
    leads: [
      { fault: 'intermediate-missing' },
      { fault: 'peer-not-trusted' },
      { fault: 'peer-certificate-outdated-in-store' },
      { fault: 'trust-certificate-expired' },
      { fault: 'certificate-list-out-of-order' },
      { fault: 'untrusted-issuer' },
      { fault: 'unsupported-critical-extension' },
      { fault: 'key-usage-insufficient' },
      { fault: 'certificate-expired' },
    ],
    sources: [cisco.uccxCertificates('Self-signed certificates'), cisco.finesseSecurity('Certificates of peer nodes')],
  },
  {
    id: 'old-certificate-still-shown',
    title: 'The certificate was renewed, and the old one still shows',
    says: [
      'still shows the old certificate after renewal',
      'new certificate uploaded but browser shows the old one',
      'certificate was regenerated, nothing changed, one port is still expired',
    ],
    leads: [
      { fault: 'ports-present-different-certificates' },
      { fault: 'certificate-expired' },
      { fault: 'peer-not-trusted' },
      { fault: 'peer-certificate-outdated-in-store' },
    ],
    sources: [cisco.uccxFinesse('Obtain and upload a CA certificate: restart both nodes')],
  },
  {
    id: 'upload-refused',
    title: 'OS Administration refuses an upload',
    says: [
      'CSR SAN and Certificate SAN does not match',
      'CSR Public Key and Certificate Public Key Do Not Match',
      'CA Certificate is Not Available in the Trust-Store',
      'Error reading the certificate',
      'certificate upload fails, could not be uploaded',
    ],
    leads: [
      { fault: 'request-names-differ' },
      { fault: 'request-key-differs' },
      { fault: 'certificate-file-unacceptable' },
      { fault: 'wildcard-name' },
      { fault: 'weak-key' },
      { fault: 'key-length-unsupported' },
    ],
    sources: [cisco.cucmCaSigned('Common errors'), cisco.finesseNames('The error at the upload')],
  },
  {
    id: 'certificate-picker',
    title: 'The browser asks which certificate to present',
    says: [
      'browser asks to select a certificate',
      'a window pops up: Select a certificate to authenticate yourself',
      'client certificate picker before the Finesse sign-in page',
    ],
    leads: [{ fault: 'client-certificate-requested' }],
    sources: [cisco.finesseSecurity('utils system reverse-proxy client-auth')],
  },
  {
    id: 'page-does-not-open',
    title: 'A page does not open at all',
    says: [
      'AppAdmin page does not open, site cannot be reached',
      'Finesse is down, the sign-in page does not load',
      'ERR_CONNECTION_REFUSED',
      'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
      'ERR_SSL_PROTOCOL_ERROR',
    ],
    leads: [
      { fault: 'service-not-listening' },
      { fault: 'not-tls' },
      { fault: 'modern-protocol-refused' },
      { fault: 'malformed-certificate' },
      { fault: 'key-usage-insufficient' },
    ],
    sources: [cisco.uccxPorts('All tables')],
  },
  {
    id: 'certificate-expired',
    title: 'A certificate has expired',
    says: [
      'the certificate has expired',
      'java.security.cert.CertificateExpiredException: NotAfter',
      'certificate expired, ERR_CERT_DATE_INVALID',
      'SEC_ERROR_EXPIRED_CERTIFICATE, SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE',
    ],
    leads: [
      { fault: 'certificate-expired' },
      { fault: 'issuer-expired' },
      { fault: 'ports-present-different-certificates' },
      { fault: 'trust-certificate-expired' },
      { fault: 'clock-skew' },
    ],
    sources: [cisco.uccxOperatingSystem('Certificate monitor')],
  },
  {
    id: 'single-sign-on-fails',
    title: 'Single sign-on fails',
    says: [
      'Single sign-on fails, SSO login does not work',
      'SSO error, SAML response is not yet valid, time is wrong on the server',
      'clock differs, NTP out of sync',
    ],
    leads: [
      { fault: 'clock-skew' },
      ...refusedBy({ ports: [8553], products: ['uccx', 'ids'] }),
      { fault: 'certificate-not-yet-valid' },
    ],
    sources: [cisco.diagnosticFramework('Time of the two hosts', 'inferred'), cisco.uccxPorts('TCP 8553')],
  },
  {
    id: 'reports-blank',
    title: 'Reports do not open',
    says: [
      'supervisor says the reports are blank',
      'CUIC reports do not open, Unified Intelligence Center is not reachable',
      'historical reports do not load',
    ],
    leads: refusedBy({ ports: [8444, 8447], products: ['uccx', 'cuic'] }),
    sources: [cisco.uccxPorts('All tables')],
  },
  {
    id: 'wrong-name',
    title: 'The certificate is for another name',
    says: [
      'java.security.cert.CertificateException: No subject alternative DNS name matching found',
      'certificate address mismatch, name does not match',
      'SSL_ERROR_BAD_CERT_DOMAIN',
      'after the failover the name of the second node is refused',
    ],
    leads: [
      { fault: 'name-mismatch' },
      { fault: 'subject-alternative-name-missing' },
      { fault: 'machine-missing-from-multi-server-certificate' },
      { fault: 'stale-domain' },
      { fault: 'common-name-not-in-subject-alternative-name' },
    ],
    sources: [cisco.uccxCertificates('FQDN, DNS, and Domains')],
  },
  {
    id: 'key-refused',
    title: 'A client refuses the key or the signature',
    says: [
      'Algorithm constraints check failed on keysize limits: RSA 1024 bit key used',
      'signature algorithm is not allowed, SHA1withRSA, ERR_CERT_WEAK_SIGNATURE_ALGORITHM',
      'ERR_CERT_WEAK_KEY, ee key too small, ca md too weak',
      'SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED, MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE',
    ],
    leads: [{ fault: 'weak-key' }, { fault: 'weak-signature-algorithm' }, { fault: 'key-length-unsupported' }],
    sources: [cisco.uccxCertificates('Key length 1024 or 2048')],
  },
  {
    id: 'scanner-complains',
    title: 'A security scanner complains of a port',
    says: [
      'Nessus reports Logjam, weak Diffie-Hellman, ERR_SSL_WEAK_SERVER_EPHEMERAL_DH_KEY',
      'security audit: TLS 1.0 or TLS 1.1 is enabled',
      'vulnerability scan, Qualys, old protocol versions and weak certificates',
    ],
    leads: [
      { fault: 'weak-diffie-hellman' },
      { fault: 'legacy-protocol-accepted' },
      { fault: 'weak-signature-algorithm' },
      { fault: 'weak-key' },
      { fault: 'self-signed-certificate' },
    ],
    sources: [cisco.uccxCertificates('CSCuv89545')],
  },
];
