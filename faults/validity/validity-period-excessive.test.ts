import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { validityPeriodExcessive } from './validity-period-excessive.ts';

const root = authority('World Root CA');
const clients = [{ anchors: [root], public: true }] as const;
const domainValidated = ['2.23.140.1.2.1'];

/** Valid from the day for so many days, the last second included: notAfter is a second before the full count. */
function period(day: string, days: number, policies?: readonly string[]) {
  const notBefore = new Date(`${day}T00:00:00Z`);
  const notAfter = new Date(notBefore.getTime() + days * 86_400_000 - 1000);
  return certificate({ notBefore, notAfter, issuer: root, ...(policies === undefined ? {} : { policies }) });
}

testFault(validityPeriodExcessive, {
  present: [
    {
      name: '201 days since March 2026',
      presents: [period('2026-03-15', 201)],
      clients,
      severity: 'major',
      because: /201 days; issued since 2026-03-15, it may be 200 days/,
    },
    { name: '399 days before that', presents: [period('2026-03-14', 399)], clients },
    { name: '101 days from March 2027', presents: [period('2027-03-15', 101)], clients },
    { name: '48 days from March 2029', presents: [period('2029-03-15', 48)], clients },
    { name: 'by its own policy', presents: [period('2026-03-15', 365, domainValidated)], because: /365 days/ },
  ],
  absent: [
    { name: '200 days since March 2026', presents: [period('2026-03-15', 200)], clients },
    { name: '398 days before that', presents: [period('2026-03-14', 398)], clients },
    { name: '47 days from March 2029', presents: [period('2029-03-15', 47)], clients },
  ],
  notApplicable: [
    {
      name: 'a private authority',
      presents: [period('2026-03-15', 365)],
      clients: [{ anchors: [root] }],
      because: /not from a public authority/,
    },
    { name: 'another policy', presents: [period('2026-03-15', 365, ['1.3.6.1.4.1.9.21.1'])] },
    { name: 'before the first rule', presents: [period('2020-08-31', 800)], clients, because: /before the first/ },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
