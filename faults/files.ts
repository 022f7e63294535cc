import type { CertificateFile, FilePart } from '#model/certificate-file.ts';
import type { Missing, Subject } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation, ProbeFailure } from '#model/observation.ts';
import { isTrustStore } from '#products/units.ts';
import type { CertificateBook } from '#x509/book.ts';
import { isReadable, isSelfSigned, type Certificate, type Malformed } from '#x509/certificate.ts';
import { isFor, referenceIdentifier } from '#x509/identity.ts';
import { buildPath } from '#x509/path.ts';
import type { FileEvidence, Presented, Presenter } from './define-fault.ts';
import type { Obtained } from './obtained.ts';
import { requestOf, requestsOnMachine, storeOnMachine } from './on-machine.ts';

type FileSubject = Extract<Subject, { scope: 'file' }>;

/** One end entity certificate of a file, as the machine that it is meant for would present it. */
export interface Presentation {
  readonly subject: FileSubject;
  readonly endpoint: Presenter;
  /** The certificates, readable or not. */
  readonly list: Obtained<readonly (Certificate | Malformed)[]>;
  readonly presented: Obtained<Presented>;
}

/** A file to be judged, with all that the sorts of detectors ask of it. */
export interface JudgedFile {
  readonly path: string;
  readonly machine: Machine;
  readonly presentations: readonly Presentation[];
  /** What relying parties are to trust: certificates of authorities, and the trusted entries of a key store. */
  readonly trusted: readonly { readonly name: string; readonly certificate: Certificate | Malformed }[];
  readonly evidence: Obtained<FileEvidence>;
}

interface Listed {
  readonly entry: string;
  readonly list: readonly (Certificate | Malformed)[];
}

interface Given {
  readonly path: string;
  readonly machine: Machine;
  readonly file: Obtained<CertificateFile>;
}

/** The files of a run that are to be judged. The others are evidence: intermediates, anchors, requests, a trust store. */
export function filesOf(
  observations: readonly Observation[],
  book: CertificateBook,
  machineOf: (id: MachineId) => Machine,
): JudgedFile[] {
  const given = observations.flatMap((observation): Given[] => {
    if (observation.kind !== 'certificate-file') return [];
    const { path, machine } = observation.place;
    const kind = 'certificate-file';
    const file =
      observation.outcome === 'recorded'
        ? { value: observation.value }
        : { missing: { kind, of: path, failure: observation.failure } as const };
    return [{ path, machine: machineOf(machine), file }];
  });
  if (given.length === 0) return [];
  const read = given.flatMap(({ path, file }) => ('value' in file ? [{ path, ...file.value }] : []));
  const all = read
    .flatMap(({ contents }) => contents.parts.flatMap(digestsOf))
    .map((digest) => book.get(digest))
    .filter(isReadable);
  const ofStore = read.flatMap(({ role, contents }) => (role === 'store' ? contents.parts : []));
  const issuers = new Set(
    all.filter(({ subjectName, issuerName }) => subjectName !== issuerName).map(({ issuerName }) => issuerName),
  );
  const beside: Beside = {
    // Whoever may have issued another: end entity certificates by the thousand stay out of the search.
    authorities: all.filter(isAuthority),
    issuers,
    leaf: leafOf(read, issuers, book),
    requests: [
      ...read.flatMap(({ path, role, contents }) =>
        contents.parts.flatMap((part) =>
          part.holds === 'request' ? [{ path, isNamed: role === 'request', request: requestOf(part.der) }] : [],
        ),
      ),
      ...requestsOnMachine(observations, read[0]?.unit ?? null),
    ],
    store:
      ofStore.length === 0
        ? storeOnMachine(observations, book)
        : { title: 'the store given', certificates: book.readable(ofStore.flatMap(digestsOf)) },
    storeKeys: book.readable(ofStore.flatMap((part) => (part.holds === 'key-entry' ? part.chain.slice(0, 1) : []))),
  };
  return given
    .filter(({ file }) => 'missing' in file || file.value.role === 'checked')
    .map((one) => judgedFile(one, beside, book));
}

type Beside = Pick<FileEvidence, 'requests' | 'store' | 'storeKeys'> & {
  readonly authorities: readonly Certificate[];
  /** Names of those who issued a certificate of another name in any of the files. */
  readonly issuers: ReadonlySet<string>;
  /** The certificate that the caller can only mean for the machine, whatever it says of itself; null where there is none such. */
  readonly leaf: Certificate | null;
};

/**
 * With a name or a request the caller says that there is an end entity certificate. Where a single certificate issued none of
 * the others it is that one. A request to be judged may be the machine's in its place: authorities beside it stay authorities.
 */
function leafOf(
  files: readonly CertificateFile[],
  issuers: ReadonlySet<string>,
  book: CertificateBook,
): Certificate | null {
  const isAwaited = files.some(({ role, names }) => role === 'request' || names.length > 0);
  const parts = files.flatMap(({ role, contents }) => (role === 'checked' ? contents.parts : []));
  if (!isAwaited || parts.some(({ holds }) => holds === 'request')) return null;
  const last = [...new Set(parts.flatMap(digestsOf))]
    .map((digest) => book.get(digest))
    .filter((certificate) => !isReadable(certificate) || !issuers.has(certificate.subjectName));
  const [only, another] = last;
  return only !== undefined && isReadable(only) && another === undefined ? only : null;
}

function judgedFile({ path, machine, file }: Given, beside: Beside, book: CertificateBook): JudgedFile {
  if ('missing' in file) {
    const endpoint = presenterOf(path, machine, [], null);
    const subject = { scope: 'file', path } as const;
    return {
      path,
      machine,
      trusted: [],
      evidence: file,
      presentations: [{ subject, endpoint, list: file, presented: file }],
    };
  }
  const { contents, unit, names } = file.value;
  const loose = contents.parts.flatMap((part) => (part.holds === 'certificate' ? [book.get(part.certificate)] : []));
  const endEntities = endEntitiesOf(loose.filter(isReadable), unit, beside);
  const isPresented = new Set<Certificate | Malformed>(endEntities);
  const issuers = loose.filter(isReadable).filter((certificate) => !isPresented.has(certificate));
  const lists: Listed[] = [
    ...loose.flatMap((certificate, place): Listed[] => {
      const entry = `certificate ${String(place + 1)}`;
      if (!isReadable(certificate)) return [{ entry, list: [certificate] }];
      if (!isPresented.has(certificate)) return [];
      // What a VOS machine sends after its certificate, and Java puts behind its key, comes from the store that takes the reply.
      const { path: whole } = buildPath(
        certificate,
        [...issuers, ...beside.authorities, ...(beside.store?.certificates ?? [])],
        [],
      );
      return [{ entry, list: whole }];
    }),
    // A key store presents the chain that it holds, and no more.
    ...contents.parts.flatMap((part) =>
      part.holds === 'key-entry' && part.chain.length > 0
        ? [{ entry: part.alias, list: part.chain.map((digest) => book.get(digest)) }]
        : [],
    ),
  ];
  const closed = contents.parts.flatMap((part) => closedPart(part, path));
  const isOne = lists.length + closed.length === 1;
  const subjectOf = (entry: string): FileSubject => ({ scope: 'file', path, ...(isOne ? {} : { entry }) });
  return {
    path,
    machine,
    presentations: [
      ...lists.map(({ entry, list }): Presentation => {
        const [first] = list;
        const endEntity = first !== undefined && isReadable(first) ? first : null;
        const message = first !== undefined && !isReadable(first) ? first.malformed : 'there is none';
        return {
          subject: subjectOf(entry),
          endpoint: presenterOf(path, machine, names, endEntity),
          list: { value: list },
          presented:
            endEntity === null
              ? { missing: missing(path, { reason: 'certificate-unreadable', message }) }
              : { value: { endEntity, list } },
        };
      }),
      ...closed.map(({ entry, failure }): Presentation => {
        const lacking = { missing: missing(path, failure) };
        return {
          subject: subjectOf(entry),
          endpoint: presenterOf(path, machine, names, null),
          list: lacking,
          presented: lacking,
        };
      }),
    ],
    trusted: [
      ...issuers.map((certificate, place) => ({ name: `certificate ${String(place + 1)}`, certificate })),
      ...contents.parts.flatMap((part) =>
        part.holds === 'trusted-entry' ? [{ name: part.alias, certificate: book.get(part.certificate) }] : [],
      ),
    ],
    evidence: {
      value: {
        machine,
        path,
        file: file.value,
        endEntities,
        certificate: (digest) => book.get(digest),
        requests: beside.requests,
        store: beside.store,
        storeKeys: beside.storeKeys,
      },
    },
  };
}

/**
 * The certificates of a file that a machine is to present. What issued another one is an issuer; what says that it is a CA
 * counts as one too, unless the caller says that it is to be an identity or can mean nothing else, or it is one that a VOS machine made for itself.
 */
function endEntitiesOf(
  certificates: readonly Certificate[],
  unit: string | null,
  { issuers, leaf }: Pick<Beside, 'issuers' | 'leaf'>,
): Certificate[] {
  if (unit !== null && isTrustStore(unit)) return [];
  const last = certificates.filter(({ subjectName }) => !issuers.has(subjectName));
  const plain = last.filter(
    (certificate) => certificate.sha256 === leaf?.sha256 || !isAuthority(certificate) || isMadeByMachine(certificate),
  );
  return plain.length > 0 || unit === null ? plain : last;
}

function isAuthority({ basicConstraints, version }: Certificate): boolean {
  return basicConstraints?.ca === true || version !== 3;
}

/** A VOS machine signs its own certificate with CA:TRUE and its name in subjectAltName; an authority has no host name. */
function isMadeByMachine(certificate: Certificate): boolean {
  return (certificate.subjectAltName?.dns.length ?? 0) > 0 && isSelfSigned(certificate);
}

function digestsOf(part: FilePart): readonly Sha256[] {
  switch (part.holds) {
    case 'certificate':
    case 'trusted-entry':
      return [part.certificate];
    case 'key-entry':
      return part.chain;
    default:
      return [];
  }
}

const openIt = 'Give the password of the key store: --password-file FILE, or UCCERT_STORE_PASSWORD in the environment.';
const replaceIt = 'Export or copy that part again; what else the file holds was judged.';

function closedPart(part: FilePart, path: string): { entry: string; failure: ProbeFailure }[] {
  if (part.holds === 'locked')
    return [
      { entry: part.what, failure: { reason: 'file-unreadable', message: `${path}: ${part.what}`, todo: openIt } },
    ];
  if (part.holds !== 'broken') return [];
  const message = `${part.where} cannot be read: ${part.reason}`;
  return [{ entry: part.where, failure: { reason: 'file-unreadable', message, todo: replaceIt } }];
}

function missing(path: string, failure: ProbeFailure): Missing {
  return { kind: 'certificate-file', of: path, failure };
}

/** Of several names that the certificate must be for, the first that it is not for is the one to judge. */
function presenterOf(
  path: string,
  machine: Machine,
  names: readonly string[],
  endEntity: Certificate | null,
): Presenter {
  const lacking = endEntity === null ? undefined : names.find((name) => !isFor(endEntity, referenceIdentifier(name)));
  return { machine, listener: null, host: lacking ?? names[0] ?? machine.fqdn ?? machine.id, title: path };
}
