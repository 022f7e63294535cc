import * as z from 'zod';
import { CertificateFile, FileContents } from './certificate-file.ts';
import { ClientId, Instant, MachineId, Port, Sha256 } from './names.ts';
import { variants } from './vocabulary.ts';

/** One TLS port at one address: what is probed. */
export const EndpointPlace = z.strictObject({
  at: z.literal('endpoint'),
  machine: MachineId,
  port: Port,
  /** The address that was connected to, or null where the name did not resolve. */
  address: z.string().nullable(),
  /** server_name sent (RFC 6066 section 3), or null: an IP address is never sent as server_name. */
  serverName: z.string().nullable(),
});
export type EndpointPlace = z.infer<typeof EndpointPlace>;

/** A store of one machine, for example tomcat-trust. */
export const StorePlace = z.strictObject({ at: z.literal('store'), machine: MachineId, store: z.string() });
export type StorePlace = z.infer<typeof StorePlace>;

/** A page of one machine as a browser with the trust of one client meets it. */
export const PagePlace = z.strictObject({
  at: z.literal('page'),
  machine: MachineId,
  port: Port,
  client: ClientId,
  page: z.string(),
});
export type PagePlace = z.infer<typeof PagePlace>;

/** A file, and the machine that its certificates are meant for. */
export const FilePlace = z.strictObject({ at: z.literal('file'), machine: MachineId, path: z.string() });
export type FilePlace = z.infer<typeof FilePlace>;

/** A name that a machine is reached by. */
export const NamePlace = z.strictObject({ at: z.literal('name'), machine: MachineId, name: z.string() });
export type NamePlace = z.infer<typeof NamePlace>;

export const Place = z.discriminatedUnion('at', [EndpointPlace, StorePlace, PagePlace, FilePlace, NamePlace]);
export type Place = z.infer<typeof Place>;

/** What the first bytes of a peer that does not speak TLS look like. */
export const Speech = z.enum(['http', 'ssh', 'smtp', 'xmpp', 'unknown']);

/** Why something asked for was not seen. A closed list: each has its own words in every report. */
export const ProbeFailure = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('name-not-resolved'), name: z.string() }),
  z.strictObject({ reason: z.literal('connection-refused') }),
  z.strictObject({ reason: z.literal('host-unreachable'), code: z.string() }),
  z.strictObject({
    reason: z.literal('timed-out'),
    /** `page`: of a browser, which does not say how far it came. */
    stage: z.enum(['resolution', 'connect', 'handshake', 'dialogue', 'page']),
    afterMs: z.int(),
  }),
  z.strictObject({ reason: z.literal('connection-reset'), stage: z.enum(['connect', 'handshake', 'dialogue']) }),
  z.strictObject({ reason: z.literal('connection-closed'), stage: z.enum(['connect', 'handshake', 'dialogue']) }),
  z.strictObject({ reason: z.literal('not-tls'), speech: Speech }),
  z.strictObject({ reason: z.literal('tls-alert'), alert: z.string() }),
  z.strictObject({ reason: z.literal('tls-protocol-error'), code: z.string() }),
  /** It was to prove itself before anything is said to it, and did not. */
  z.strictObject({ reason: z.literal('not-verified'), code: z.string() }),
  z.strictObject({ reason: z.literal('limit-exceeded'), limit: z.string() }),
  z.strictObject({ reason: z.literal('certificate-unreadable'), message: z.string() }),
  z.strictObject({ reason: z.literal('issuer-not-seen'), issuer: z.string() }),
  z.strictObject({ reason: z.literal('no-credentials'), machine: MachineId }),
  z.strictObject({ reason: z.literal('not-authorised'), as: z.string() }),
  z.strictObject({ reason: z.literal('host-key-differs'), expected: z.string(), seen: z.string() }),
  z.strictObject({
    reason: z.literal('host-key-not-pinned'),
    seen: z.string(),
    /** Why the web pages, which were asked instead, told nothing either. */
    pages: z.string().optional(),
  }),
  z.strictObject({ reason: z.literal('no-transport'), machine: MachineId }),
  z.strictObject({ reason: z.literal('unexpected-answer'), to: z.string(), answer: z.string() }),
  z.strictObject({ reason: z.literal('no-account'), role: z.string() }),
  z.strictObject({
    reason: z.literal('account-in-use'),
    as: z.string(),
    state: z.string(),
    /** The others that would do, where there are some: none is free. */
    also: z.array(z.strictObject({ as: z.string(), state: z.string() })).optional(),
  }),
  z.strictObject({ reason: z.literal('browser-unavailable'), message: z.string() }),
  z.strictObject({ reason: z.literal('stopped') }),
  z.strictObject({ reason: z.literal('file-unreadable'), message: z.string(), todo: z.string() }),
  z.strictObject({ reason: z.literal('defect-in-uccert'), message: z.string() }),
]);
export type ProbeFailure = z.infer<typeof ProbeFailure>;

/** What happened when a connection was opened. A refused connection is an answer, so it is recorded, not a failure. */
export const Connection = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('tls') }),
  z.strictObject({ answer: z.literal('refused') }),
  z.strictObject({ answer: z.literal('not-tls'), speech: Speech, firstBytes: z.string() }),
]);

/** The certificate_list as sent, in order (RFC 8446 section 4.4.2, RFC 5246 section 7.4.2). May be empty; members may be malformed DER. */
export const CertificateList = z.strictObject({ certificates: z.array(Sha256).readonly() });

/** An ephemeral key exchange: type, group name where known, size in bits. */
const EphemeralKey = z.strictObject({ type: z.string(), group: z.string().nullable(), bits: z.int() });

/** What a full handshake agreed on, or the first flight of a peer that would not finish one without a certificate of the client. */
export const TlsHandshake = z.strictObject({
  /** `TLSv1.3`, `TLSv1.2` and so on. */
  protocol: z.string(),
  /** IANA name of the cipher suite. */
  cipherSuite: z.string(),
  /** Null for static RSA. */
  ephemeralKey: EphemeralKey.nullable(),
  /** Whether the peer showed that it holds the private key of the end entity certificate. */
  key: z.enum(['proved', 'not-proved']),
  /** Milliseconds from the first packet to the end of the handshake. */
  milliseconds: z.number(),
});

export const Variant = z.enum(variants);
export type Variant = z.infer<typeof Variant>;

const VariantOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('answered'),
    protocol: z.string(),
    cipherSuite: z.string(),
    /** As sent, in order. */
    certificates: z.array(Sha256).readonly(),
    ephemeralKey: EphemeralKey.nullable(),
    /** `not-asked`: the signature was not checked, because nothing hangs on it here. */
    key: z.enum(['proved', 'not-proved', 'not-asked']),
  }),
  /** The peer would not go on after the ClientHello: the alert it sent, or how the connection ended. */
  z.strictObject({
    outcome: z.literal('refused'),
    how: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('alert'), alert: z.string() }),
      z.strictObject({ by: z.literal('close') }),
      z.strictObject({ by: z.literal('reset') }),
      /** It answered with an older version, as it may: before TLS 1.3 a client cannot offer one alone. */
      z.strictObject({ by: z.literal('version'), protocol: z.string() }),
    ]),
  }),
  z.strictObject({ outcome: z.literal('failed'), failure: ProbeFailure }),
]);
export type VariantOutcome = z.infer<typeof VariantOutcome>;

/** What became of the variants that were asked, each once. One that is not listed was not asked. */
export const TlsVariants = z.array(z.strictObject({ variant: Variant, outcome: VariantOutcome })).readonly();

/** Whether the peer asks for a certificate of its client in the first handshake (RFC 8446 section 4.3.2, RFC 5246 section 7.4.4); later is not seen. */
export const ClientCertificate = z.discriminatedUnion('request', [
  z.strictObject({ request: z.literal('none') }),
  z.strictObject({
    request: z.literal('sent'),
    /** Distinguished names of the accepted authorities as text, or their DER in hexadecimal. Empty: any authority. */
    authorities: z.array(z.string()).readonly(),
    /** What became of a handshake without one. `not-known`: the peer said nothing after it in the time there was. */
    without: z.enum(['completed', 'refused', 'not-known', 'not-tried']),
  }),
]);

/** The identity of a machine as its own store lists it. */
export const IdentityStore = z.strictObject({
  /** What the machine calls it: certificate purpose of VOS, `tomcat`; alias of a key store; what a Windows machine binds. */
  unit: z.string(),
  /** Null: the store was read and has none. */
  certificate: Sha256.nullable(),
  /** What the store keeps behind it, its issuer first. Left out where the store keeps no such list. */
  issuers: z.array(Sha256).readonly().optional(),
});

/** The stores of Windows by their roles: My and Root trust, CA only completes a path. */
const WindowsStore = z.enum(['My', 'Root', 'CA', 'WebHosting']);

/** Trusted certificates as the machine's own store lists them. */
export const TrustStore = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        name: z.string(),
        certificate: Sha256,
        /** The certificate store of Windows that it lies in, where it lies in one. */
        in: WindowsStore.optional(),
      }),
    )
    .readonly(),
});

/** The certification request (RFC 2986) that waits on the machine for its certificate, as DER; null where none waits. */
export const PendingRequest = z.strictObject({ request: z.base64().nullable() });

/** SHA-1 of a certificate, as Windows names it. */
const Thumbprint = z.string().regex(/^[0-9a-f]{40}$/);

/** What the HTTP service of Windows is told to present at a port. */
export const Binding = z.strictObject({
  port: Port,
  /** Null where nothing is bound. */
  thumbprint: Thumbprint.nullable(),
  /** The certificate of that thumbprint in the store that the binding names; null where it is not there. */
  certificate: Sha256.nullable(),
  /** What DiagFwCertMgr noted in the registry, as it stands there; null where it notes nothing. */
  noted: z.string().nullable(),
});

/** Something that a page asked for and the browser refused over its certificate: a part, a frame, a WebSocket. */
export const RefusedRequest = z.strictObject({
  /** Without its query. */
  url: z.string(),
  of: z.enum(['page', 'frame', 'request', 'web-socket']),
  /** The browser's name: `net::ERR_CERT_…`, of Firefox `SEC_ERROR_…`, `SSL_ERROR_…` or `MOZILLA_PKIX_ERROR_…`. */
  error: z.string(),
  /** As the browser had it before it. */
  certificate: Sha256.nullable(),
});
export type RefusedRequest = z.infer<typeof RefusedRequest>;

const refusals = z.array(RefusedRequest).readonly().optional();

/** What the browser did until it failed, for Playwright's trace viewer: a file beside the run, as the screenshot is. */
const trace = z.string().optional();

/** What a person sees at a page: the page, or the browser's refusal. */
export const BrowserPage = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('shown'),
    url: z.string(),
    title: z.string(),
    screenshot: z.string().nullable(),
    refusals,
  }),
  z.strictObject({
    outcome: z.literal('refused'),
    url: z.string(),
    /** The browser's name: `net::ERR_CERT_…`, of Firefox `SEC_ERROR_…`, `SSL_ERROR_…` or `MOZILLA_PKIX_ERROR_…`. */
    error: z.string(),
    screenshot: z.string().nullable(),
    trace,
    /** The host and port whose certificate was refused, where the browser says so. */
    certificate: Sha256.nullable(),
  }),
  z.strictObject({
    outcome: z.literal('not-as-documented'),
    url: z.string(),
    /** What was looked for and not found. */
    missing: z.string(),
    /** Test accounts that the machine refused, where it took none of them: the passwords are wrong, or it cannot ask about them. */
    refusedAccounts: z.array(z.string()).min(1).optional(),
    screenshot: z.string().nullable(),
    trace,
    refusals,
  }),
]);

/** What the resolver says of a name, and of the addresses it leads to. No addresses: there is no such name. */
export const NameResolution = z.strictObject({
  addresses: z.array(z.string()).readonly(),
  /** The names of each address; null where no name server answered. */
  reverse: z.array(z.strictObject({ address: z.string(), names: z.array(z.string()).nullable() })).readonly(),
});

/** A web server's clock beside ours. */
export const Clock = z.strictObject({
  /** Seconds that it is ahead of ours; negative where it is behind. */
  aheadSeconds: z.int(),
  uncertaintySeconds: z.int(),
});

/** What the authorities say of the certificates that a port sent, one entry for each that names a revocation list. */
export const Revocation = z
  .array(
    z.strictObject({
      certificate: Sha256,
      /** Where the list was asked for. */
      url: z.string(),
      answer: z.discriminatedUnion('status', [
        z.strictObject({ status: z.literal('good'), until: Instant.nullable() }),
        z.strictObject({ status: z.literal('revoked'), since: Instant, reason: z.string() }),
        z.strictObject({ status: z.literal('unanswered'), failure: ProbeFailure }),
      ]),
    }),
  )
  .readonly();

/** Everything that can be observed, by kind. One entry here, one probe (or suite) that records it. */
export const observed = {
  connection: Connection,
  'certificate-list': CertificateList,
  'tls-handshake': TlsHandshake,
  'client-certificate': ClientCertificate,
  'tls-variants': TlsVariants,
  'name-resolution': NameResolution,
  clock: Clock,
  revocation: Revocation,
  'identity-store': IdentityStore,
  'trust-store': TrustStore,
  'key-store': FileContents,
  'pending-request': PendingRequest,
  binding: Binding,
  'browser-page': BrowserPage,
  'certificate-file': CertificateFile,
} as const;

export const observationKinds = Object.keys(observed) as [ObservationKind, ...ObservationKind[]];
export type ObservationKind = keyof typeof observed;
export type Observed<K extends ObservationKind> = z.infer<(typeof observed)[K]>;

function observationOf<K extends ObservationKind, P extends z.ZodType>(kind: K, place: P) {
  const common = { kind: z.literal(kind), place, at: Instant };
  return [
    z.strictObject({ ...common, outcome: z.literal('recorded'), value: observed[kind] }),
    z.strictObject({ ...common, outcome: z.literal('failed'), failure: ProbeFailure }),
  ] as const;
}

/** One thing looked for at one place: recorded with its value, or failed with its reason. */
export const Observation = z.union([
  ...observationOf('connection', EndpointPlace),
  ...observationOf('certificate-list', EndpointPlace),
  ...observationOf('tls-handshake', EndpointPlace),
  ...observationOf('client-certificate', EndpointPlace),
  ...observationOf('tls-variants', EndpointPlace),
  ...observationOf('name-resolution', NamePlace),
  ...observationOf('clock', EndpointPlace),
  ...observationOf('revocation', EndpointPlace),
  ...observationOf('identity-store', StorePlace),
  ...observationOf('trust-store', StorePlace),
  ...observationOf('key-store', StorePlace),
  ...observationOf('pending-request', StorePlace),
  ...observationOf('binding', StorePlace),
  ...observationOf('browser-page', PagePlace),
  ...observationOf('certificate-file', FilePlace),
]);
export type Observation = z.infer<typeof Observation>;
