import { expect, test } from 'vitest';
import { findingKey, isPresent } from '#model/verdict.ts';
import { authority, certificate, inDays, type Issued, type Shape } from '#tests/support/certificates.ts';
import { caseOf } from '#tests/support/case-of.ts';
import type { Seen } from '#tests/support/seen.ts';
import { faults } from './index.ts';
import { judge } from './judge.ts';

const url = 'https://uccx1.example.com/';
const expired = certificate({ notAfter: inDays(-2) });
const root = authority('Root CA');
const issuing = authority('Issuing CA', { issuer: root });
const endedIssuing = authority('Issuing CA', { issuer: root, notAfter: inDays(-1) });
const signed = certificate({ issuer: issuing });
const ofPeer = (shape: Shape = {}): Issued => certificate({ commonName: 'peer.example.com', ...shape });

const refused = (error: string) => ({ outcome: 'refused', url, error, screenshot: null, certificate: null }) as const;
const says = (missing: string) => ({ outcome: 'not-as-documented', url, missing, screenshot: null }) as const;
const wrongPassword = says('the sign-in; it says "Invalid User ID/Password"');
const cucm = (answer: readonly Issued[] | 'refused'): NonNullable<Seen['peer']> => ({
  type: 'CM_PUBLISHER',
  answers: { 8443: answer },
});

/** What was seen, and the key that the page is put down to, up to its certificate; null where it stands for itself. */
const cases: readonly (readonly [name: string, seen: Seen, cause: string | null])[] = [
  [
    'the certificate that the browser stops at',
    { presents: [expired], page: refused('net::ERR_CERT_DATE_INVALID') },
    'certificate-expired | endpoint uccx1:443',
  ],
  [
    'the same in the words of Firefox',
    { presents: [expired], page: refused('SEC_ERROR_EXPIRED_CERTIFICATE') },
    'certificate-expired | endpoint uccx1:443',
  ],
  [
    'of several faults of a certificate the one that the browser names',
    { presents: [expired], page: refused('net::ERR_CERT_AUTHORITY_INVALID') },
    'self-signed-certificate | endpoint uccx1:443',
  ],
  [
    'an issuer whose certificate has ended, which is not the one that the browser stops at',
    {
      presents: [certificate({ issuer: endedIssuing }), endedIssuing],
      clients: [{ anchors: [root] }],
      page: refused('net::ERR_CERT_DATE_INVALID'),
    },
    'issuer-expired | endpoint uccx1:443',
  ],
  [
    'an intermediate that was not sent, of the client that lacks it',
    {
      presents: [signed],
      known: [issuing],
      clients: [{ anchors: [root] }, { anchors: [] }],
      page: refused('net::ERR_CERT_AUTHORITY_INVALID'),
    },
    'intermediate-missing | endpoint uccx1:443',
  ],
  [
    'a client that trusts it is not put down to one that does not',
    {
      presents: [signed, issuing],
      clients: [{ anchors: [root] }, { anchors: [] }],
      page: refused('net::ERR_CERT_AUTHORITY_INVALID'),
    },
    null,
  ],
  [
    'a part of a page, of another port',
    {
      ports: { 12015: [expired] },
      page: {
        ...says('the gadget shows data'),
        refusals: [
          {
            url: `${url.slice(0, -1)}:12015/`,
            of: 'web-socket',
            error: 'net::ERR_CERT_DATE_INVALID',
            certificate: null,
          },
        ],
      },
    },
    'certificate-expired | endpoint uccx1:12015',
  ],
  ['a fault that no browser stops at', { presents: [expired], page: refused('net::ERR_CERT_WEAK_KEY') }, null],
  [
    'a server behind the page that does not answer',
    {
      ports: { 8444: 'refused' },
      page: says('the gadget; https://uccx1.example.com:8444 does not answer (net::ERR_CONNECTION_REFUSED)'),
    },
    'service-not-listening | endpoint uccx1:8444',
  ],
  [
    'a password that CUCM is not asked about, because its certificate has ended',
    { peer: cucm([ofPeer({ notAfter: inDays(-2) })]), page: wrongPassword },
    'certificate-expired | endpoint peer:8443',
  ],
  [
    'a password that CUCM is not asked about, because it is down',
    { peer: cucm('refused'), page: wrongPassword },
    'service-not-listening | endpoint peer:8443',
  ],
  [
    'a password that CUCM is not asked about, because it is not trusted',
    { peer: cucm([ofPeer()]), holds: [root], page: wrongPassword },
    'peer-not-trusted | trust of uccx1 tomcat-trust in peer:8443',
  ],
  ['a password, where CUCM can be asked', { peer: cucm([ofPeer()]), page: wrongPassword }, null],
  [
    'a gadget from a machine that is not trusted',
    {
      peer: { type: 'CCP', answers: { 443: [ofPeer()] } },
      holds: [root],
      page: says('it says "Unable to retrieve spec for https://peer.example.com/gadget.xml. HTTP error 504"'),
    },
    'peer-not-trusted | trust of uccx1 tomcat-trust in peer:443',
  ],
  ['another page than documented', { presents: [expired], page: says('the sign-in form') }, null],
];

const refusedAccount = { reason: 'not-authorised', as: 'supervisor1' } as const;

test.each<[name: string, seen: Seen, verdict: 'present' | 'inconclusive']>([
  ['whose certificate has ended', { peer: cucm([ofPeer({ notAfter: inDays(-2) })]) }, 'present'],
  ['that is down', { peer: cucm('refused') }, 'present'],
  ['that can be asked', { peer: cucm([ofPeer()]) }, 'inconclusive'],
  ['that is not known', {}, 'inconclusive'],
])('a refused account, and a CUCM %s', (_, seen, status) => {
  const found = judge(caseOf(faults, { ...seen, page: refusedAccount }));
  const { verdict } = found.find(({ fault }) => fault === 'browser-refuses') ?? {};
  expect(verdict?.status).toBe(status);
  if (verdict?.status !== 'present') return;
  expect(verdict.because).toMatch(/^signing in as supervisor1 was refused; uccx1 asks 8443 on peer, /);
  expect(verdict.asks?.join()).toMatch(/^8443 on peer, wh/);
  expect(verdict.symptomOf).toMatch(/ \| endpoint peer:8443/);
});

test.each<[name: string, seen: Seen, verdict: 'present' | 'inconclusive']>([
  ['whose certificate has ended', { peer: cucm([ofPeer({ notAfter: inDays(-2) })]) }, 'present'],
  ['that can be asked', { peer: cucm([ofPeer()]) }, 'inconclusive'],
])('a page that says so after every account was refused, and a CUCM %s', (_, seen, status) => {
  const page = { ...wrongPassword, refusedAccounts: ['agent1', 'supervisor1'] };
  const found = judge(caseOf(faults, { ...seen, page }));
  const { verdict } = found.find(({ fault }) => fault === 'browser-refuses') ?? {};
  expect(verdict?.status).toBe(status);
  if (verdict?.status === 'inconclusive')
    expect(verdict.missing[0]?.failure).toEqual({ reason: 'not-authorised', as: 'agent1, supervisor1' });
});

test.each<[name: string, seen: Seen, verdict: 'present' | 'inconclusive']>([
  ['found nothing there either', { ports: { 443: 'refused' } }, 'present'],
  ['was answered', { presents: [signed] }, 'inconclusive'],
])('a browser that found nothing at the port of a page, where the probe %s', (_, seen, status) => {
  const found = judge(caseOf(faults, { ...seen, page: { reason: 'connection-refused' } }));
  const { verdict } = found.find(({ fault }) => fault === 'browser-refuses') ?? {};
  expect(verdict?.status).toBe(status);
  if (verdict?.status === 'present') expect(verdict.symptomOf).toMatch(/^service-not-listening \| endpoint uccx1:443/);
});

test.each(cases)('%s', (_, seen, cause) => {
  const found = judge(caseOf(faults, seen)).filter(isPresent);
  const [page, ...others] = found.filter(({ fault }) => fault === 'browser-refuses');
  expect(others).toEqual([]);
  const { symptomOf } = page?.verdict ?? {};
  // Whatever a page is put down to was found.
  if (symptomOf !== undefined) expect(found.map(findingKey)).toContain(symptomOf);
  expect(
    symptomOf
      ?.replace(/ \(.*\)/, '')
      .replace(/ seen by \S+/, '')
      .replace(/ \| \w+$/, '') ?? null,
  ).toBe(cause);
});
