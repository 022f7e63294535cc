import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { browserRefuses } from './browser-refuses.ts';

const url = 'https://uccx1.example.com/';
const seen = certificate();
const refused = {
  outcome: 'refused',
  url,
  error: 'net::ERR_CERT_DATE_INVALID',
  screenshot: null,
  certificate: null,
} as const;
const unlike = { outcome: 'not-as-documented', url, missing: 'the sign-in form', screenshot: null } as const;

testFault(browserRefuses, {
  present: [
    {
      name: 'a page of agents',
      page: refused,
      severity: 'critical',
      because: /stopped with net::ERR_CERT_DATE_INVALID/,
    },
    { name: 'the certificate is told', page: { ...refused, certificate: seen.sha256 }, presents: [seen], at: seen },
    { name: 'a page of administrators', machine: { type: 'CM_PUBLISHER' }, page: refused, severity: 'major' },
    { name: 'a page of no document', machine: { type: 'TLS_SERVER' }, page: refused, severity: 'major' },
    { name: 'another page than documented', page: unlike, because: /not as documented: the sign-in form/ },
  ],
  absent: [{ name: 'shown', page: { outcome: 'shown', url, title: 'Sign in', screenshot: null } }],
  inconclusive: [
    {
      name: 'no browser',
      page: { reason: 'browser-unavailable', message: 'not installed' },
      reason: 'browser-unavailable',
    },
  ],
});
