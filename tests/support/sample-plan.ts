import { type Applied, type Plan, planDigest } from '#model/plan.ts';
import { sampleCertificates } from './sample-certificates.ts';
import { ccp, digest, endpoint, managed, sha, uccx1, uccx2 } from './sample-places.ts';

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

export const applied: Applied = {
  plan,
  outcome: { status: 'verified' },
  startedAt: '2026-11-22T02:10:00Z',
  finishedAt: '2026-11-22T02:21:40Z',
};
