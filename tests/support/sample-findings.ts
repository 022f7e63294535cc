import type { Finding, Verdict } from '#model/finding.ts';
import type { ClientId, MachineId } from '#model/names.ts';
import {
  branch,
  ccp,
  crm,
  cucm1,
  endpoint,
  managed,
  refused,
  sha,
  timedOut,
  uccx1,
  uccx2,
  uccxPorts,
} from './sample-places.ts';

export const absent: Verdict = { status: 'absent' };

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

export const findings: Finding[] = [
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
