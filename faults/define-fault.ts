import type { Missing, Present, Severity, Verdict } from '#model/finding.ts';
import type { Client, Deployment, Machine, Thresholds } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { EndpointPlace, ObservationKind, Observed, Variant, VariantOutcome } from '#model/observation.ts';
import type { Sources } from '#model/source.ts';
import type { CertificateFile, FileContents } from '#model/certificate-file.ts';
import type { Certificate, Malformed } from '#x509/certificate.ts';
import type { CertificationRequest } from '#x509/certification-request.ts';
import type { Listener, ProductId } from '#products/product.ts';
import type { Relation } from '#products/relations.ts';
import type { ReleaseRange } from '#products/release.ts';
import type { Behind, NothingThere, SignInRefused } from './behind-page.ts';
import type { Obtained } from './obtained.ts';

/** What every fault says of itself. The catalogue, the pages and `explain` are made from it. */
interface Metadata<Id extends string> {
  /** Names the failing state; also the file name and the page name. */
  readonly id: Id;
  readonly category: Category;
  /** One line for the fault found, and one for the fault not found. */
  readonly title: string;
  readonly titleAbsent: string;
  /** What people see, in their words. */
  readonly symptom: string;
  readonly cause: string;
  /** What to do, one or two sentences. */
  readonly advice: string;
  /** The usual severity; a detector may give another where the case differs. */
  readonly severity: Severity;
  /** Products and releases the rule is about. Left out: every TLS server. */
  readonly appliesTo?: readonly { readonly product: ProductId; readonly releases?: ReleaseRange }[];
  readonly sources: Sources;
}

export const categories = [
  'validity',
  'identity',
  'path',
  'key',
  'extension',
  'protocol',
  'consistency',
  'trust',
  'store',
  'resolution',
  'revocation',
] as const;
export type Category = (typeof categories)[number];

/** The time and the limits of a judgement. Detectors read no clock. */
export interface Context {
  readonly now: Date;
  readonly thresholds: Thresholds;
}

/** Who presents certificates, or is to: a TLS port, or the machine that a file is meant for. */
export interface Presenter {
  readonly machine: Machine;
  /** What the product's documents say of the port; null for a file, and where the port is not one of theirs. */
  readonly listener: Listener | null;
  /** The host a client means to reach: the server name, else the machine's name, else the address. */
  readonly host: string;
  /** The port or the file in words. */
  readonly title: string;
}

/** A TLS port as a detector sees it. */
export interface Endpoint extends Presenter {
  readonly place: EndpointPlace;
}

/** A file given to be judged, and what was given with it. */
export interface FileEvidence {
  /** The machine that the certificates of the file are meant for. */
  readonly machine: Machine;
  readonly path: string;
  readonly file: CertificateFile;
  /** The end entity certificates of the file. */
  readonly endEntities: readonly Certificate[];
  /** The certificate of this digest, of this file. */
  readonly certificate: (digest: Sha256) => Certificate | Malformed;
  /** Requests given with the file, or lying beside it; `isNamed`: the caller said that the certificates answer it. */
  readonly requests: readonly {
    readonly path: string;
    readonly isNamed: boolean;
    readonly request: CertificationRequest;
  }[];
  /** What the store holds that the files are for, as given or as the machine itself says; null where neither is known. */
  readonly store: KnownStore | null;
  /** Of these, the ones that belong to a key of the store. */
  readonly storeKeys: readonly Certificate[];
}

/** What is known of a store: `title` says which it is, `the store given` or `tomcat-trust of uccx1`. */
export interface KnownStore {
  readonly title: string;
  readonly certificates: readonly Certificate[];
}

/** A request that waits on a machine for its certificate. */
export interface WaitingRequest {
  readonly unit: string;
  readonly request: CertificationRequest;
}

/** A client profile with its certificates read. */
export interface ClientTrust {
  readonly id: Client['id'];
  readonly anchors: readonly Certificate[];
  readonly accepted: ReadonlySet<Sha256>;
  /** Its anchors are public authorities. */
  readonly isPublic: boolean;
  /** What of its trust could not be read; null where all of it was. */
  readonly unread: Missing | null;
  /** Of the family of Chromium unless said. */
  readonly browser: Client['browser'];
}

/** A certificate_list of which at least the end entity certificate could be read. */
export interface Presented {
  readonly endEntity: Certificate;
  /** As sent, in order, the end entity certificate first. */
  readonly list: readonly (Certificate | Malformed)[];
}

/** One certificate of a trust store, as the machine's own listing shows it. */
export interface TrustEntry extends Pick<Observed<'trust-store'>['entries'][number], 'name' | 'in'> {
  readonly certificate: Certificate | Malformed;
}

/** A port, and what the store of its machine holds for it. */
export interface StoredIdentity {
  readonly endpoint: Endpoint;
  readonly presented: Presented;
  /** What the machine calls the identity of the port. */
  readonly unit: string;
  /** The certificates of that identity: one, or one of RSA and one of ECDSA. */
  readonly stored: readonly Certificate[];
  /** What the other ports of the identity present. */
  readonly elsewhere: readonly Certificate[];
}

/** What variants showed. */
export interface VariantsSeen {
  /** The answer, the refusal, or null where there was neither: not asked, or it failed. */
  of(variant: Variant): Answered | Refused | null;
  /** The verdict where nothing spoke for the fault: absent when all of these were seen, inconclusive otherwise. */
  absentIfSeen(...variants: readonly Variant[]): Verdict;
  /** The list a variant was answered with. */
  presentedTo(variant: Variant): Presented | null;
}
export type Answered = Extract<VariantOutcome, { outcome: 'answered' }>;
type Refused = Extract<VariantOutcome, { outcome: 'refused' }>;

/** What each sort of detector is given, and the kinds of evidence that must have been obtained first. */
export interface Evidence {
  /** The port itself. */
  connection: { readonly endpoint: Endpoint; readonly connection: Observed<'connection'> };
  /** The bytes of the list, readable or not. */
  'certificate-list': { readonly endpoint: Presenter; readonly list: readonly (Certificate | Malformed)[] };
  /** The certificates of a port, every client that opens it, the machines of the inventory, this one too, and its deployment. */
  presented: {
    readonly endpoint: Presenter;
    readonly presented: Presented;
    readonly clients: readonly ClientTrust[];
    readonly machines: readonly Machine[];
    /** Null where no inventory says: targets of the command line. */
    readonly deployment: Deployment | null;
  };
  /** The certificates of a port as one client meets them. `known`: every certificate seen anywhere in the run; `knownFrom`: where. */
  client: {
    readonly endpoint: Presenter;
    readonly presented: Presented;
    readonly client: ClientTrust;
    readonly otherClients: readonly ClientTrust[];
    readonly known: readonly Certificate[];
    readonly knownFrom: (digest: Sha256) => string;
  };
  /** What the port asks of its clients. */
  'client-certificate': { readonly endpoint: Endpoint; readonly clientCertificate: Observed<'client-certificate'> };
  /** What a port picked from the usual offer of TLS 1.3 down to 1.0, and of single variants what was asked. */
  protocol: {
    readonly endpoint: Endpoint;
    readonly handshake: Obtained<Observed<'tls-handshake'>>;
    readonly variants: VariantsSeen;
  };
  /** What became of single variants of the ClientHello. */
  variants: { readonly endpoint: Endpoint; readonly variants: VariantsSeen };
  /** All ports of a machine that are documented to present one identity. */
  machine: { readonly machine: Machine; readonly ports: readonly (Presented & { readonly endpoint: Endpoint })[] };
  /** One link: the store of the relying party, and what the presenter presents. */
  'trust-relation': {
    readonly relation: Relation;
    readonly relyingParty: Machine;
    readonly presenter: Presenter;
    readonly presented: Presented;
    readonly entries: readonly TrustEntry[];
  };
  /** A port and the store of its own machine. */
  'stored-identity': StoredIdentity;
  /** A port of the HTTP service of Windows, and what is bound to it. */
  binding: {
    readonly endpoint: Endpoint;
    readonly presented: Presented;
    readonly binding: Observed<'binding'>;
    /** The certificate bound; null where the store lacks it. */
    readonly bound: Certificate | Malformed | null;
  };
  /** An identity of a machine, and what its store holds for it. */
  identity: {
    readonly machine: Machine;
    /** What the machine calls it, and where its documents say that it lies. */
    readonly identity: { readonly unit: string; readonly keptIn: string | null };
    /** The ports that answer and are documented to present it. */
    readonly ports: readonly number[];
    /** A link of the inventory rests on it where no port shows it. */
    readonly isShownUnprobed: boolean;
    readonly stored: Sha256 | null;
  };
  /** A key store: a file given, or the one that the machine itself uses. */
  'key-store': {
    readonly machine: Machine;
    readonly contents: FileContents;
    readonly certificate: FileEvidence['certificate'];
    /** What it is called: `.keystore of cvp2`, or the path of a file given. */
    readonly of: string;
    readonly isOnMachine: boolean;
  };
  /** A trust store as the machine's own listing shows it. */
  store: {
    readonly machine: Machine;
    readonly store: string;
    readonly entries: readonly { readonly name: string; readonly certificate: Certificate | Malformed }[];
  };
  /** A name that a machine is reached by, and what the resolver says of it. */
  name: { readonly machine: Machine; readonly name: string; readonly resolution: Observed<'name-resolution'> };
  /** The clock of a web server, and what the port presents. */
  clock: { readonly endpoint: Endpoint; readonly clock: Observed<'clock'>; readonly presented: Presented };
  /** What the authorities say of the certificates of a port. */
  revocation: {
    readonly endpoint: Endpoint;
    readonly revocation: Observed<'revocation'>;
    readonly presented: Presented;
  };
  /** A page as a browser met it; a refused sign-in where it is known that the machine could ask nobody about the password. */
  page: Behind & {
    readonly machine: Machine;
    readonly listener: Listener | null;
    readonly page: Observed<'browser-page'> | SignInRefused | NothingThere;
  };
  /** A file on its way to a machine. */
  file: FileEvidence;
  /** A file, and the requests that wait on the machine for their replies. */
  reply: Pick<FileEvidence, 'machine' | 'path' | 'endEntities'> & {
    /** The purpose that the file is for; null where nobody said. */
    readonly unit: string | null;
    /** Those of that purpose; of every purpose where nobody said. */
    readonly waiting: readonly WaitingRequest[];
    /** The requests that the file itself holds, on their way to an authority. */
    readonly requested: readonly CertificationRequest[];
    /** The certificates that the machine has as its identities already. */
    readonly held: readonly Sha256[];
  };
}

export type Judges = keyof Evidence;

/** The kinds of observation behind each sort of detector. */
export const evidenceOf: Readonly<Record<Judges, readonly [ObservationKind, ...ObservationKind[]]>> = {
  connection: ['connection'],
  'certificate-list': ['certificate-list'],
  presented: ['certificate-list'],
  client: ['certificate-list'],
  machine: ['certificate-list'],
  'trust-relation': ['certificate-list', 'identity-store', 'trust-store'],
  'stored-identity': ['certificate-list', 'identity-store'],
  binding: ['certificate-list', 'binding'],
  identity: ['identity-store'],
  'key-store': ['key-store', 'certificate-file'],
  store: ['trust-store'],
  page: ['browser-page'],
  file: ['certificate-file'],
  reply: ['certificate-file', 'pending-request'],
  name: ['name-resolution'],
  clock: ['clock'],
  revocation: ['revocation'],
  'client-certificate': ['client-certificate'],
  protocol: ['tls-handshake'],
  variants: ['tls-variants'],
};

type Of<Id extends string, J extends Judges> = Metadata<Id> & {
  readonly judges: J;
  readonly detect: (evidence: Evidence[J], context: Context) => Verdict;
};

/** A fault: what it says of itself, what it judges, and the detector. */
export type Fault<Id extends string = string> = { [J in Judges]: Of<Id, J> }[Judges];

/** Declares a fault; the id is kept as a literal so that `FaultId` can be a union. */
export function defineFault<const Id extends string>(fault: Fault<Id>): Fault<Id> {
  return fault;
}

export const absent: Verdict = { status: 'absent' };

/** The fault cannot be there, and why. */
export function notApplicable(because: string): Verdict {
  return { status: 'not-applicable', because };
}

/** What a peer wrote may hold line breaks and marks that steer a terminal; a sentence holds neither. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

/** The fault is there: what was seen, the evidence as label and value, the certificate at fault. */
export function present(
  severity: Severity,
  because: string,
  evidence: Readonly<Record<string, string>>,
  certificate?: Sha256,
): Present {
  return {
    status: 'present',
    severity,
    because: oneLine(because),
    evidence: Object.entries(evidence).map(([label, value]) => ({ label, value: oneLine(value).trim() || 'empty' })),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/** The same, with what to do in this very case in place of the advice for every case. */
export function advised(advice: string, verdict: Present): Present {
  return { ...verdict, advice };
}

/** It could not be decided: what evidence was wanted, where, and why it is not there. */
export function inconclusive(...missing: readonly [Missing, ...Missing[]]): Verdict {
  return { status: 'inconclusive', missing: [...missing] };
}
