import { expect, test } from 'vitest';
import { certificate } from '#tests/support/certificates.ts';
import { caseOf } from '#tests/support/case-of.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { judge } from '../judge.ts';
import { identityCertificateAbsent } from './identity-certificate-absent.ts';

const presents = [certificate()];
const ece = { type: 'ECE' } as const;

testFault(identityCertificateAbsent, {
  present: [
    {
      name: 'what Windows has bound',
      machine: ece,
      presents,
      identities: { IIS: null },
      severity: 'critical',
      because: 'uccx1 holds no certificate for IIS',
    },
    { name: 'tomcat', presents, identities: { tomcat: null } },
  ],
  absent: [{ name: 'tomcat', presents, identities: { tomcat: certificate() } }],
  notApplicable: [{ name: 'no port presents it', machine: ece, ports: { 443: 'refused' }, identities: { IIS: null } }],
  inconclusive: [
    { name: 'the store was not read', machine: ece, presents, reason: 'not-probed' },
    {
      name: 'no credentials',
      presents,
      identities: { tomcat: { reason: 'not-authorised', as: 'administrator' } },
      reason: 'not-authorised',
    },
  ],
});

test.each([
  [['cloud-connect-relies-on-pg'], 'present'],
  [[], 'not-applicable'],
])('an identity that no port shows counts where a link rests on it: %j', (secured, status) => {
  const pg = { type: 'CCE_PG', identities: { 'host.pem': null } } as const;
  const seen = { machine: { type: 'CLOUD_CONNECT_PUBLISHER' }, peer: pg, secured } as const;
  const findings = judge(caseOf([identityCertificateAbsent], seen));
  const ofHost = findings.find(({ subject }) => subject.scope === 'store' && subject.store === 'host.pem');
  expect(ofHost?.verdict.status).toBe(status);
});
