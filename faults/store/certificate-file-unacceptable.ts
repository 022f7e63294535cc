import { fileRulesOf, keytool, osAdministration, type Refusal } from '#products/certificate-files.ts';
import { cisco, keytoolTried } from '#products/sources.ts';
import { certificateTitle, isReadable, type Certificate } from '#x509/certificate.ts';
import type { CertificationRequest } from '#x509/certification-request.ts';
import { hostNameDefect } from '#x509/host-name.ts';
import { buildPath } from '#x509/path.ts';
import { absent, defineFault, notApplicable, present, type Context, type FileEvidence } from '../define-fault.ts';
import { instant, keyTitle } from '../words.ts';
import { answersOf, nameDifference } from '../answers.ts';

/** One reason why a file is not taken: what would be said, and what is the matter with the file. */
interface Reason {
  readonly refusal: Refusal;
  readonly because: string;
  /** Left out: the file is refused. */
  readonly isMild?: boolean;
}

export const certificateFileUnacceptable = defineFault({
  id: 'certificate-file-unacceptable',
  category: 'store',
  title: 'The file will be refused, or ignored, as it is',
  titleAbsent: 'Nothing in the file is known to be refused',
  symptom:
    'The upload or the import fails in the change window, or says nothing and leaves the old certificate in place.',
  cause: 'The file, or the certificate in it, is not what the machine accepts: each reason is named in the evidence.',
  advice:
    'Put right what is named before the window: root and intermediates first, one PEM certificate in a file, the answer to the newest request.',
  severity: 'major',
  sources: [
    cisco.cucmCaSigned('Common errors'),
    cisco.finesseNames('The error at the upload'),
    cisco.uccxOperatingSystem('Upload a certificate: PEM with one certificate, DER, or PKCS #7 in DER'),
    cisco.unitySingleInbox('Key of 1024 bits'),
    keytoolTried('Import of a reply'),
  ],
  judges: 'file',
  detect(evidence, context) {
    const rules = fileRulesOf(evidence.machine.type);
    if (rules === null) return notApplicable('no document says what it takes');
    const holdsAnything = evidence.file.contents.parts.some(({ holds }) => holds !== 'thumbprint' && holds !== 'other');
    if (!holdsAnything) return notApplicable('the file holds nothing to upload');
    const isVos = rules.by === 'os-administration';
    const reasons = isVos ? atUpload(evidence, context) : atImport(evidence);
    const [first, ...others] = reasons.toSorted((a, b) => Number(a.isMild ?? false) - Number(b.isMild ?? false));
    if (first === undefined) return absent;
    const program = isVos ? 'OS Administration' : 'keytool';
    const besides = others.map(
      ({ refusal, because }, place) =>
        [`reason ${String(place + 2)}`, `${because}; ${program}: ${predicted(refusal)}`] as const,
    );
    return present(
      first.isMild === true ? 'minor' : 'major',
      first.because,
      { [program]: predicted(first.refusal), ...Object.fromEntries(besides) },
      evidence.endEntities.length === 1 ? evidence.endEntities[0]?.sha256 : undefined,
    );
  },
});

/** What the program would say, as far as a document holds it. */
function predicted({ says, source }: Refusal): string {
  const how = source.confidence === 'documented' ? '' : ` (${source.confidence})`;
  return says === null
    ? `no document holds its words (${source.document}, ${source.section})`
    : `would say "${says}"${how}`;
}

/** What OS Administration refuses, in the order in which it looks: the container, the certificate, the request, the issuers. */
function atUpload(evidence: FileEvidence, { now }: Context): Reason[] {
  const { file, endEntities, certificate, store } = evidence;
  const { contents, unit } = file;
  const reasons: Reason[] = containerReasons(contents);
  const held = contents.parts
    .flatMap((part) => (part.holds === 'certificate' ? [certificate(part.certificate)] : []))
    .filter(isReadable);
  for (const each of held) {
    const name = certificateTitle(each);
    if (isTooShort(each))
      reasons.push({ refusal: osAdministration.keyTooShort, because: `${name} has a key of ${keyTitle(each)}` });
    if (now > each.notAfter)
      reasons.push({ refusal: osAdministration.expired, because: `${name} expired at ${instant(each.notAfter)}` });
    reasons.push(...ignoredReasons(each, unit, store));
  }
  for (const each of endEntities) {
    const wildcard = [...each.commonNames, ...(each.subjectAltName?.dns ?? [])].find((name) => name.startsWith('*.'));
    if (wildcard !== undefined)
      reasons.push({ refusal: osAdministration.wildcard, because: `the certificate is for ${wildcard}` });
    const lacking = store === null ? null : issuerLacking(each, store.certificates);
    if (store !== null && lacking !== null)
      reasons.push({
        refusal: osAdministration.issuerAbsent,
        because: `${store.title} lacks ${lacking}, which ${certificateTitle(each)} rests on: upload it there first`,
      });
  }
  for (const answer of answersOf(evidence)) {
    if (!answer.hasSameKey)
      reasons.push({ refusal: osAdministration.keysDiffer, because: `the key is not that of ${answer.path}` });
    // With a request that asks for no names, those of the certificate are not looked at.
    else if (answer.request.subjectAltName !== null) {
      const { added, lost } = nameDifference(answer);
      if (added.length + lost.length > 0) {
        const words = [...added.map((name) => `+${name}`), ...lost.map((name) => `-${name}`)].join(' ');
        reasons.push({
          refusal: osAdministration.namesDiffer,
          because: `the names are not those of ${answer.path}: ${words}`,
        });
      }
    }
  }
  const own = evidence.requests.filter(({ path }) => path === evidence.path);
  return [...reasons, ...own.flatMap(({ request }) => requestReasons(request))];
}

/** What a request asks for and will not be taken once it is signed: before that is the time to know. */
function requestReasons(request: CertificationRequest): Reason[] {
  const names = [...new Set([...request.commonNames, ...(request.subjectAltName?.dns ?? [])])];
  const wildcard = names.find((name) => name.startsWith('*.'));
  const malformed = request.subjectAltName?.dns.find((name) => hostNameDefect(name) !== null);
  const ms = request.commonNames.find((name) => /^[^.]+-ms\./i.test(name));
  return [
    ...(isTooShort(request)
      ? [{ refusal: osAdministration.keyTooShort, because: `the request has a key of ${keyTitle(request)}` }]
      : []),
    ...(wildcard === undefined
      ? []
      : [{ refusal: osAdministration.wildcard, because: `the request is for ${wildcard}` }]),
    ...(malformed === undefined
      ? []
      : [
          {
            refusal: osAdministration.malformedName,
            because: `the request is for ${JSON.stringify(malformed)}, which ${hostNameDefect(malformed) ?? ''}`,
            isMild: true,
          },
        ]),
    ...(ms === undefined
      ? []
      : [
          {
            refusal: osAdministration.multiServerName,
            because: `the request is for ${ms}, a name that no server has: a public authority refuses it`,
            isMild: true,
          },
        ]),
  ];
}

function isTooShort({ publicKey: { type, bits } }: Pick<Certificate, 'publicKey'>): boolean {
  return type === 'rsa' && (bits ?? 2048) < 2048;
}

function containerReasons(contents: FileEvidence['file']['contents']): Reason[] {
  const { format, labels, hasByteOrderMark, parts } = contents;
  const refused = (because: string): Reason => ({ refusal: osAdministration.container, because });
  if (format === 'JKS' || format === 'JCEKS' || format === 'PKCS #12')
    return [refused(`the file is a key store (${format})`)];
  const broken = parts.find((part) => part.holds === 'broken');
  const certificates = labels.filter((label) => label.endsWith('CERTIFICATE')).length;
  return [
    ...(labels.some((label) => label === 'PKCS7' || label === 'CMS')
      ? [refused('the file is PKCS #7 in PEM; only DER is taken')]
      : []),
    ...(certificates > 1 ? [refused(`the file holds ${String(certificates)} PEM certificates; one is taken`)] : []),
    ...(hasByteOrderMark ? [refused('a byte order mark stands before the text')] : []),
    ...(parts.some(({ holds }) => holds === 'private-key')
      ? [refused('the file holds a private key, which belongs in no upload')]
      : []),
    ...(broken === undefined ? [] : [refused(`${broken.where}: ${broken.reason}`)]),
  ];
}

/** A trust store has one certificate of a common name: the one with the newer notBefore stays, and nothing is said. */
function ignoredReasons(certificate: Certificate, unit: string | null, store: FileEvidence['store']): Reason[] {
  if (store === null || unit?.endsWith('-trust') !== true) return [];
  const [name] = certificate.commonNames;
  const newer = store.certificates.find(
    (other) =>
      other.sha256 !== certificate.sha256 && other.commonNames[0] === name && other.notBefore >= certificate.notBefore,
  );
  if (name === undefined || newer === undefined) return [];
  return [
    {
      refusal: osAdministration.olderIgnored,
      because: `${store.title} has a certificate of ${name} from ${instant(newer.notBefore)} already, and would keep it in silence`,
    },
  ];
}

/** What keytool says to a reply, in the order in which it looks. A file of authorities alone is no reply. */
function atImport(evidence: FileEvidence): Reason[] {
  const { file, endEntities, store, storeKeys, certificate } = evidence;
  const held = file.contents.parts
    .flatMap((part) => (part.holds === 'certificate' ? [certificate(part.certificate)] : []))
    .filter(isReadable);
  // A key store is judged as one: its entries are no replies.
  const replies = held.length === 0 ? [] : endEntities;
  const answers = answersOf({ ...evidence, endEntities: replies });
  return replies.flatMap((reply): Reason[] => {
    const name = certificateTitle(reply);
    const other = answers.find((answer) => answer.certificate === reply && !answer.hasSameKey);
    const isOfStore = storeKeys.some(({ subjectPublicKeyInfo }) => subjectPublicKeyInfo === reply.subjectPublicKeyInfo);
    if (other !== undefined) return [{ refusal: keytool.keysDiffer, because: `the key is not that of ${other.path}` }];
    if (storeKeys.length > 0 && !isOfStore)
      return [{ refusal: keytool.keysDiffer, because: `no key of the key store is that of ${name}` }];
    if (storeKeys.some(({ sha256 }) => sha256 === reply.sha256))
      return [{ refusal: keytool.identical, because: `${name} is with its key already`, isMild: true }];
    if (store === null || issuerLacking(reply, [...store.certificates, ...held]) === null) return [];
    const because = `neither the file nor the key store leads from ${name} to a root`;
    return [{ refusal: keytool.chainNotEstablished, because }];
  });
}

/** The issuer that the path of a certificate ends for want of; null where it leads to a root. */
function issuerLacking(certificate: Certificate, known: readonly Certificate[]): string | null {
  const { status, path } = buildPath(certificate, known, []);
  return status === 'issuer-missing' ? (path.at(-1) ?? certificate).issuer : null;
}
