import { createHash } from 'node:crypto';
import type { TrustLink } from '#model/link.ts';
import type { Finding, Subject, Verdict } from '#model/finding.ts';
import { usualThresholds, type Client, type Machine } from '#model/inventory.ts';
import type { ClientId, MachineId, MachineType, Sha256 } from '#model/names.ts';
import type { EndpointPlace, Observation, ProbeFailure } from '#model/observation.ts';
import { planDigest, type Applied, type Plan } from '#model/plan.ts';
import type { CatalogueEntry, Run } from '#model/run.ts';
import { rfc, type Source } from '#model/source.ts';
import { sampleCertificates } from './sample-certificates.ts';

type CertificateName = keyof typeof sampleCertificates;

const digest = (base64: string): Sha256 =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex') as Sha256;
const sha = (name: CertificateName): Sha256 => digest(sampleCertificates[name]);

const uccx1 = 'uccx1' as MachineId;
const uccx2 = 'uccx2' as MachineId;
const ccp = 'ccp' as MachineId;
const cucm1 = 'cucm1' as MachineId;
const crm = 'crm' as MachineId;
const managed = 'pc-managed' as ClientId;
const branch = 'pc-branch' as ClientId;

const viewOf = (machine: MachineId, port: number, client: ClientId) => ({
  machine,
  port,
  address: addresses[machine] ?? null,
  serverName: `${machine}.example.com`,
  client,
});

const uccxPorts = [443, 5223, 7443, 8443, 8444, 8445, 8447, 12015];
const addresses: Readonly<Record<string, string>> = {
  uccx1: '192.0.2.11',
  uccx2: '192.0.2.12',
  ccp: '192.0.2.21',
  cucm1: '192.0.2.31',
  crm: '198.51.100.7',
};

const machine = (id: MachineId, type: MachineType, ports: number[], release: string | null): Machine => ({
  id,
  type,
  fqdn: `${id}.example`,
  release,
  address: null,
  certificates: type === 'CCP' || type === 'CM_PUBLISHER' ? 'self-signed' : 'ca-signed',
  ports,
  connect: {},
});

const client = (id: ClientId): Client => ({
  id,
  anchors: [sha('root')],
  accepted: [],
  audiences: ['agents', 'supervisors'],
});

const place = (id: MachineId, port: number): EndpointPlace => ({
  at: 'endpoint',
  machine: id,
  port,
  address: addresses[id] ?? null,
  serverName: `${id}.example`,
});

const endpoint = (id: MachineId, port: number, seenBy?: ClientId): Subject => ({
  scope: 'endpoint',
  machine: id,
  port,
  address: addresses[id] ?? null,
  serverName: `${id}.example`,
  ...(seenBy === undefined ? {} : { client: seenBy }),
});

const at = '2026-11-22T03:15:07Z';

function answered(id: MachineId, port: number, ...certificates: CertificateName[]): Observation[] {
  const where = place(id, port);
  return [
    { kind: 'connection', place: where, at, outcome: 'recorded', value: { answer: 'tls' } },
    {
      kind: 'certificate-list',
      place: where,
      at,
      outcome: 'recorded',
      value: { certificates: certificates.map(sha) },
    },
    {
      kind: 'tls-handshake',
      place: where,
      at,
      outcome: 'recorded',
      value: {
        protocol: id === crm ? 'TLSv1.3' : 'TLSv1.2',
        cipherSuite: id === crm ? 'TLS_AES_256_GCM_SHA384' : 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
        ephemeralKey: { type: 'ECDH', group: 'secp256r1', bits: 256 },
        key: 'proved',
        milliseconds: 8.4,
      },
    },
  ];
}

const timedOut: ProbeFailure = { reason: 'timed-out', stage: 'connect', afterMs: 3000 };
const refused: ProbeFailure = { reason: 'connection-refused' };

function failed(id: MachineId, port: number, failure: ProbeFailure): Observation[] {
  const kinds = ['connection', 'certificate-list', 'tls-handshake'] as const;
  return kinds.map((kind) => ({ kind, place: place(id, port), at, outcome: 'failed', failure }));
}

const guide = (section: string): Source => ({
  document: 'UCCX Solution Certificate Management Guide (118855)',
  section,
  url: 'https://www.cisco.com/c/en/us/support/docs/customer-collaboration/unified-contact-center-express/118855-configure-uccx-00.html',
  confidence: 'documented',
  read: '2026-11-22',
});

const catalogue: CatalogueEntry[] = [
  {
    id: 'certificate-expired',
    category: 'validity',
    title: 'The certificate has expired',
    titleAbsent: 'No certificate has expired',
    symptom: 'Browsers refuse the desktop with NET::ERR_CERT_DATE_INVALID; machines that rely on it stop connecting.',
    cause: 'Nobody renewed the certificate before notAfter.',
    advice:
      'Renew it: generate a certification request on the machine, have it signed, upload the reply, restart the services that present it.',
    severity: 'critical',
    sources: [rfc(5280, '4.1.2.5'), guide('Renew the certificate')],
    remediations: ['regenerate-self-signed-certificate'],
  },
  {
    id: 'peer-not-trusted',
    category: 'trust',
    title: 'The relying party does not hold the certificate its peer presents',
    titleAbsent: 'Every relying party holds what its peers present',
    symptom: 'Agents cannot sign in: Finesse says "Invalid User ID/Password".',
    cause: 'The peer regenerated its certificate and nobody imported the new one.',
    advice: "Import the presenter's certificate into tomcat-trust and restart Cisco Tomcat.",
    severity: 'critical',
    sources: [guide('Self-signed certificates'), rfc(5280, '6.1')],
    remediations: ['import-into-tomcat-trust'],
  },
  {
    id: 'certificate-expiring',
    category: 'validity',
    title: 'The certificate expires soon',
    titleAbsent: 'No certificate expires soon',
    symptom: 'Nothing yet. From notAfter on, sign-in through Unified CM fails.',
    cause: 'The validity period is coming to its end.',
    advice: 'Renew it in a change window before notAfter.',
    severity: 'major',
    sources: [rfc(5280, '4.1.2.5')],
    remediations: ['regenerate-self-signed-certificate'],
  },
  {
    id: 'name-mismatch',
    category: 'identity',
    title: 'The certificate does not name the machine',
    titleAbsent: 'Every certificate names its machine',
    symptom: 'Browsers refuse the page with NET::ERR_CERT_COMMON_NAME_INVALID; gadgets stay empty.',
    cause: 'The machine was renamed, or the request was made with another name.',
    advice: 'Make a new certification request with the name people use in subjectAltName, and have it signed.',
    severity: 'critical',
    sources: [rfc(9525, '6.3')],
    remediations: [],
  },
  {
    id: 'wildcard-name',
    category: 'identity',
    title: 'The certificate carries a wildcard name',
    titleAbsent: 'No certificate carries a wildcard name',
    symptom:
      'None. Cisco does not support wildcard certificates on its own machines; a third-party server may have one.',
    cause: 'The certificate was issued for a whole domain.',
    advice: 'Nothing to do on a third-party server. On a Cisco machine, have one issued for its own name.',
    severity: 'notice',
    sources: [guide('Wildcard certificates')],
    remediations: [],
  },
  {
    id: 'legacy-protocol-accepted',
    category: 'protocol',
    title: 'An obsolete version of TLS is accepted',
    titleAbsent: 'No obsolete version of TLS is accepted',
    symptom: 'Nothing stops. Security scanners complain.',
    cause: 'The minimum TLS version of the machine was never raised.',
    advice: 'Raise it with set tls server min-version 1.2, then restart the machine.',
    severity: 'minor',
    sources: [rfc(8996, '1')],
    remediations: [],
  },
  {
    id: 'self-signed-certificate',
    category: 'path',
    title: 'The certificate is self-signed',
    titleAbsent: 'No certificate is self-signed where a CA was promised',
    symptom: 'Browsers warn before every page.',
    cause: 'The certificate of the installation was never replaced.',
    advice: 'Have it signed by your CA, or tell every client to accept it.',
    severity: 'major',
    sources: [guide('Self-signed certificates')],
    remediations: [],
  },
];

const absent: Verdict = { status: 'absent' };

function expired(port: number): Finding {
  return {
    fault: 'certificate-expired',
    subject: endpoint(uccx1, port),
    verdict: {
      status: 'present',
      severity: 'critical',
      because: 'The end entity certificate is past its notAfter.',
      evidence: [
        { label: 'notAfter', value: '2026-11-10 00:00:00Z' },
        { label: 'judged at', value: '2026-11-22 03:15:00Z' },
      ],
      certificate: sha('uccx1'),
    },
  };
}

function misnamed(port: number, seenBy: ClientId): Finding {
  return {
    fault: 'name-mismatch',
    subject: endpoint(uccx2, port, seenBy),
    verdict: {
      status: 'present',
      severity: 'critical',
      because: 'No dNSName of the certificate matches uccx2.example.',
      evidence: [
        { label: 'reference identifier', value: 'uccx2.example' },
        { label: 'subjectAltName', value: 'DNS:uccx-old.example' },
      ],
      certificate: sha('uccx2'),
    },
  };
}

function untrusted(relyingParty: MachineId): Finding {
  return {
    fault: 'peer-not-trusted',
    subject: { scope: 'trust-relation', relyingParty, store: 'tomcat-trust', presenter: cucm1, port: 8443 },
    verdict: {
      status: 'present',
      severity: 'critical',
      because: 'None of the certificates that cucm1:8443 presents leads to an entry of tomcat-trust.',
      evidence: [
        { label: 'presented', value: 'CN=cucm1.example' },
        { label: 'store holds', value: '14 certificates' },
      ],
      certificate: sha('cucm1'),
    },
  };
}

const findings: Finding[] = [
  ...uccxPorts.map(expired),
  ...uccxPorts
    .filter((port) => port < 8444)
    .map((port): Finding => ({ fault: 'certificate-expired', subject: endpoint(uccx2, port), verdict: absent })),
  ...[8443, 8445].flatMap((port) => [misnamed(port, managed), misnamed(port, branch)]),
  ...uccxPorts.map((port): Finding => ({ fault: 'name-mismatch', subject: endpoint(uccx1, port), verdict: absent })),
  untrusted(uccx1),
  {
    fault: 'peer-not-trusted',
    subject: { scope: 'trust-relation', relyingParty: uccx1, store: 'tomcat-trust', presenter: ccp, port: 443 },
    verdict: absent,
  },
  {
    fault: 'certificate-expiring',
    subject: endpoint(cucm1, 8443),
    verdict: {
      status: 'present',
      severity: 'major',
      because: 'The end entity certificate reaches its notAfter within 30 days.',
      evidence: [{ label: 'notAfter', value: '2026-12-09 00:00:00Z' }],
      certificate: sha('cucm1'),
    },
  },
  {
    fault: 'wildcard-name',
    subject: endpoint(crm, 443),
    verdict: {
      status: 'present',
      severity: 'notice',
      because: 'subjectAltName holds *.example.',
      evidence: [{ label: 'subjectAltName', value: 'DNS:*.example, DNS:crm.example' }],
      certificate: sha('wildcard'),
    },
  },
  ...[8443, 8445].map((port): Finding => ({
    fault: 'legacy-protocol-accepted',
    subject: endpoint(uccx2, port),
    verdict: {
      status: 'present',
      severity: 'minor',
      because: 'TLS 1.0 and TLS 1.1 are accepted.',
      evidence: [{ label: 'accepted', value: 'TLSv1, TLSv1.1, TLSv1.2' }],
    },
  })),
  ...['certificate-expired', 'certificate-expiring', 'name-mismatch', 'wildcard-name'].flatMap((fault): Finding[] => [
    ...[8444, 8447].map((port): Finding => ({
      fault,
      subject: endpoint(uccx2, port),
      verdict: {
        status: 'inconclusive',
        missing: [{ kind: 'certificate-list', of: `uccx2:${port}`, failure: refused }],
      },
    })),
    {
      fault,
      subject: endpoint(uccx2, 12015),
      verdict: {
        status: 'inconclusive',
        missing: [{ kind: 'certificate-list', of: 'uccx2:12015', failure: timedOut }],
      },
    },
    { fault, subject: endpoint(ccp, 443), verdict: absent },
  ]),
  {
    fault: 'peer-not-trusted',
    subject: { scope: 'trust-relation', relyingParty: uccx2, store: 'tomcat-trust', presenter: cucm1, port: 8443 },
    verdict: {
      status: 'inconclusive',
      missing: [
        { kind: 'trust-store', of: 'tomcat-trust of uccx2', failure: { reason: 'no-credentials', machine: uccx2 } },
      ],
    },
  },
  {
    fault: 'self-signed-certificate',
    subject: endpoint(ccp, 443),
    verdict: { status: 'not-applicable', because: 'The inventory says self-signed for ccp.' },
  },
];

const unsigned: Omit<Plan, 'digest'> = {
  format: 1,
  id: '20261122T020000Z-51ab',
  madeAt: '2026-11-22T02:00:00Z',
  run: '20261122T014500Z-07c1',
  inventory: '/etc/uccert/uccert.yaml',
  basedOn: digest('c2FtcGxl'),
  basis: [`ccp tomcat ${sha('ccpOld')}`],
  changes: [
    {
      remediation: 'regenerate-self-signed-certificate',
      title: 'Regenerate the tomcat certificate of ccp and give it to its relying parties',
      targets: [{ fault: 'certificate-expired', subject: endpoint(ccp, 443) }],
      keeps: [],
      steps: [
        { do: 'regenerate-certificate', via: 'vos', on: ccp, unit: 'tomcat', replaces: sha('ccpOld') },
        {
          do: 'import-certificate',
          via: 'vos',
          on: uccx1,
          store: 'tomcat-trust',
          certificate: { from: 'identity-store', machine: ccp, unit: 'tomcat' },
          of: ccp,
        },
        {
          do: 'restart-service',
          via: 'vos',
          on: ccp,
          service: 'Cisco Tomcat',
          outage: 'administration pages are away',
        },
        { do: 'wait-for', via: 'vos', on: ccp, ports: [443], unit: 'tomcat', atMost: 600 },
        {
          do: 'write-file',
          via: 'here',
          client: managed,
          path: 'clients/pc-managed/ccp.pem',
          certificate: { from: 'identity-store', machine: ccp, unit: 'tomcat' },
          replaces: sha('ccpOld'),
        },
      ],
      reversible: false,
      irreversible: ['The old private key of ccp is gone: a regenerated key pair cannot be taken back.'],
    },
  ],
  notCovered: [
    { fault: 'name-mismatch', subject: endpoint(uccx2, 8443), because: 'no remediation of this version covers it' },
  ],
  unreached: [],
  certificates: { [sha('ccpOld')]: sampleCertificates.ccpOld },
};

const plan: Plan = { ...unsigned, digest: planDigest(unsigned) };

const applied: Applied = {
  plan,
  outcome: { status: 'verified' },
  startedAt: '2026-11-22T02:10:00Z',
  finishedAt: '2026-11-22T02:21:40Z',
};

/** A contact centre as it is met at night: some faults, some silence, some that is well, and one change just made. */
function link(relyingParty: MachineId, presenter: MachineId, port: number, stops: TrustLink['stops']): TrustLink {
  return {
    relation: `${relyingParty}-relies-on-${presenter}`,
    relyingParty,
    store: 'tomcat-trust',
    presenter,
    port,
    stops,
    breaks: stops === 'chat' ? 'chat does not reach agents' : 'agents cannot sign in',
    severity: 'critical',
    path: presenter === cucm1 ? [sha('cucm1')] : [],
    restarts: ['Cisco Tomcat'],
  };
}

export const sampleRun: Run = {
  format: 1,
  id: '20261122T031500Z-9f3a',
  tool: { name: 'uccert', version: '0.1.0' },
  startedAt: '2026-11-22T03:15:00Z',
  finishedAt: '2026-11-22T03:15:21Z',
  judgedAt: '2026-11-22T03:15:00Z',
  vantage: 'admin-pc.example',
  command: ['uccert', 'trust', 'uccx.yaml'],
  asked: {
    faults: catalogue.map(({ id }) => id),
    kinds: ['connection', 'certificate-list', 'tls-handshake', 'trust-store', 'browser-page'],
    notAsked: [
      'revocation: opt-in, asks responders on the network',
      'what other TLS versions are accepted: only with --deep',
    ],
  },
  inventory: {
    file: 'uccx.yaml',
    deployment: 'UCCX',
    release: '15.0(1)',
    machines: [
      machine(uccx1, 'UCCX_PUBLISHER', uccxPorts, '15.0(1)'),
      machine(uccx2, 'UCCX_SUBSCRIBER', uccxPorts, '15.0(1)'),
      machine(ccp, 'CCP', [443], '12.5(1)SU3'),
      machine(cucm1, 'CM_PUBLISHER', [8443], '15.0(1)'),
      machine(crm, 'SCRIPT_TARGET', [443], null),
    ],
    clients: [client(managed), client(branch)],
    thresholds: usualThresholds,
  },
  links: [
    link(uccx1, cucm1, 8443, 'sign-in'),
    link(uccx2, cucm1, 8443, 'sign-in'),
    link(uccx1, ccp, 443, 'chat'),
    link(ccp, uccx1, 443, 'administration'),
  ],
  certificates: Object.fromEntries(
    (['root', 'issuing', 'uccx1', 'uccx2', 'cucm1', 'ccpNew', 'wildcard'] as const).map((name) => [
      sha(name),
      sampleCertificates[name],
    ]),
  ),
  observations: [
    ...uccxPorts.flatMap((port) => answered(uccx1, port, 'uccx1', 'issuing', 'root')),
    ...[443, 5223, 7443, 8443, 8445].flatMap((port) => answered(uccx2, port, 'uccx2', 'issuing')),
    ...[8444, 8447].flatMap((port) => failed(uccx2, port, refused)),
    ...failed(uccx2, 12015, timedOut),
    ...answered(ccp, 443, 'ccpNew'),
    ...answered(cucm1, 8443, 'cucm1'),
    ...answered(crm, 443, 'wildcard', 'issuing'),
    {
      kind: 'browser-page',
      place: { at: 'page', machine: uccx1, port: 8445, client: managed, page: 'agent desktop' },
      at,
      outcome: 'recorded',
      value: {
        outcome: 'refused',
        url: 'https://uccx1.example:8445/desktop',
        error: 'net::ERR_CERT_DATE_INVALID',
        screenshot: 'screenshots/uccx1-8445.png',
        certificate: sha('uccx1'),
      },
    },
    {
      kind: 'browser-page',
      place: { at: 'page', machine: ccp, port: 443, client: managed, page: 'CCP administration' },
      at,
      outcome: 'recorded',
      value: {
        outcome: 'shown',
        url: 'https://ccp.example/',
        title: 'Customer Collaboration Platform',
        screenshot: null,
      },
    },
  ],
  findings,
  catalogue,
  views: [
    ...[443, 8445].map((port) => ({ ...viewOf(uccx1, port, managed), chrome: 'net::ERR_CERT_DATE_INVALID' })),
    { ...viewOf(uccx1, 443, branch), chrome: 'net::ERR_CERT_AUTHORITY_INVALID' },
    { ...viewOf(uccx2, 443, managed), chrome: null },
  ],
  remediations: [applied],
};

/** The night before: CCP still presented its expired certificate, uccx1 was well, and uccx2 answered on every port. */
export const previousRun: Run = {
  ...sampleRun,
  id: '20261121T031500Z-2b7e',
  startedAt: '2026-11-21T03:15:00Z',
  finishedAt: '2026-11-21T03:15:20Z',
  judgedAt: '2026-11-21T03:15:00Z',
  findings: [
    {
      fault: 'certificate-expired',
      subject: endpoint(ccp, 443),
      verdict: {
        status: 'present',
        severity: 'critical',
        because: 'The end entity certificate is past its notAfter.',
        evidence: [{ label: 'notAfter', value: '2025-11-19 00:00:00Z' }],
        certificate: sha('ccpOld'),
      },
    },
    ...findings.flatMap((finding): Finding[] => {
      if (finding.fault === 'certificate-expired' && finding.verdict.status === 'absent') {
        return finding.subject.scope === 'endpoint' && finding.subject.machine === ccp ? [] : [finding];
      }
      if (finding.fault === 'name-mismatch') return [{ ...finding, verdict: absent }];
      return finding.verdict.status === 'inconclusive' ? [{ ...finding, verdict: absent }] : [finding];
    }),
    ...[443, 8443].map((port): Finding => ({
      fault: 'certificate-expired',
      subject: endpoint('cuic1' as MachineId, port),
      verdict: absent,
    })),
  ],
  remediations: [],
};

/** A run in which nothing is wrong and nothing stayed unseen: CCP alone, after its change. */
export const healthyRun: Run = {
  ...sampleRun,
  views: sampleRun.views?.map((view) => ({ ...view, chrome: null })),
  inventory: { ...sampleRun.inventory, machines: sampleRun.inventory.machines.filter(({ id }) => id === ccp) },
  certificates: { [sha('ccpNew')]: sampleCertificates.ccpNew },
  observations: sampleRun.observations.filter(({ place: { machine } }) => machine === ccp),
  findings: findings.filter(({ subject }) => subject.scope === 'endpoint' && subject.machine === ccp),
  remediations: [],
};

/** A run in which `text` stands wherever a server or an operator can place it. */
export function plantedRun(text: string): Run {
  const certificate = digest(sampleCertificates.hostile);
  return {
    ...sampleRun,
    vantage: text,
    asked: { ...sampleRun.asked, notAsked: [text] },
    certificates: { ...sampleRun.certificates, [certificate]: sampleCertificates.hostile, [digest('AAAA')]: 'AAAA' },
    observations: [
      ...sampleRun.observations,
      {
        kind: 'certificate-list',
        place: { ...place(crm, 8443), serverName: text, address: text },
        at,
        outcome: 'recorded',
        value: { certificates: [certificate, digest('AAAA')] },
      },
      {
        kind: 'tls-handshake',
        place: { ...place(crm, 8443), serverName: text, address: text },
        at,
        outcome: 'recorded',
        value: { protocol: text, cipherSuite: text, ephemeralKey: null, key: 'not-proved', milliseconds: 1 },
      },
      {
        kind: 'browser-page',
        place: { at: 'page', machine: crm, port: 443, client: managed, page: text },
        at,
        outcome: 'recorded',
        value: { outcome: 'shown', url: text, title: text, screenshot: text },
      },
    ],
    findings: [
      ...sampleRun.findings,
      {
        fault: 'certificate-expired',
        subject: { scope: 'name', machine: crm, name: text },
        verdict: {
          status: 'present',
          severity: 'major',
          because: text,
          evidence: [{ label: text, value: text }],
          certificate,
        },
      },
      {
        fault: 'name-mismatch',
        subject: { scope: 'file', path: text },
        verdict: {
          status: 'inconclusive',
          missing: [
            { kind: 'trust-store', of: text, failure: { reason: 'unexpected-answer', to: text, answer: text } },
          ],
        },
      },
      {
        fault: 'wildcard-name',
        subject: { scope: 'store', machine: crm, store: text, alias: text },
        verdict: { status: 'not-applicable', because: text },
      },
    ],
    views: [{ ...viewOf(uccx1, 443, managed), serverName: text, chrome: text }],
    remediations: [{ ...applied, outcome: { status: 'stranded', because: text, left: [text], next: text } }],
  };
}
