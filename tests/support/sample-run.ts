import type { TrustLink } from '#model/link.ts';
import type { Finding } from '#model/finding.ts';
import { usualThresholds } from '#model/thresholds.ts';
import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { sampleCertificates } from './sample-certificates.ts';
import {
  answered,
  at,
  branch,
  ccp,
  client,
  crm,
  cucm1,
  digest,
  endpoint,
  failed,
  machine,
  managed,
  place,
  refused,
  sha,
  timedOut,
  uccx1,
  uccx2,
  uccxPorts,
  viewOf,
} from './sample-places.ts';
import { catalogue } from './sample-catalogue.ts';
import { absent, findings } from './sample-findings.ts';
import { applied } from './sample-plan.ts';

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

/** A contact centre as it is met at night: some faults, some silence, some that is well, and one change just made. */
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
    refusedAccounts: [{ name: text, user: text }],
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
