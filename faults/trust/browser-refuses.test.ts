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
const dead = {
  url: 'https://uccx1.example.com:12015/',
  of: 'web-socket',
  error: 'net::ERR_CERT_AUTHORITY_INVALID',
  certificate: seen.sha256,
} as const;
const unlike = { outcome: 'not-as-documented', url, missing: 'the sign-in form', screenshot: null } as const;

testFault(browserRefuses, {
  present: [
    {
      name: 'a page of agents',
      page: refused,
      severity: 'critical',
      because: /^the browser stopped at the page itself \(net::ERR_CERT_DATE_INVALID\)$/,
      symptom: /Your connection is not private/,
      advice: /HSTS/,
    },
    {
      name: 'the word of Firefox',
      page: { ...refused, error: 'SSL_ERROR_BAD_CERT_DOMAIN' },
      because: /SSL_ERROR_BAD_CERT_DOMAIN/,
    },
    {
      name: 'a handshake that ends before the certificate counts: nothing is proceeded past',
      page: { ...refused, error: 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH' },
      symptom: /^People see an error/,
      advice: /named\.$/,
    },
    { name: 'the certificate is told', page: { ...refused, certificate: seen.sha256 }, presents: [seen], at: seen },
    { name: 'a browser that does not tell it: what the port presents', page: refused, presents: [seen], at: seen },
    { name: 'a page of administrators', machine: { type: 'CM_PUBLISHER' }, page: refused, severity: 'major' },
    { name: 'a page of no document', machine: { type: 'TLS_SERVER' }, page: refused, severity: 'major' },
    {
      name: 'a dead gadget, with the port behind it',
      page: { ...unlike, refusals: [dead] },
      presents: [seen],
      severity: 'critical',
      because: /12015 on uccx1 presents uccx1\.example\.com, self-signed.*ERR_CERT_AUTHORITY_INVALID/,
      symptom: /a part of it stays empty/,
      advice: /^(?!.*HSTS)/,
      at: seen,
    },
    {
      name: 'several parts of one port, and another port that presents the same: said once',
      page: { ...unlike, refusals: [dead, { ...dead, url: `${dead.url}other` }, { ...dead, url }] },
      presents: [seen],
      because: /form; 443, 12015 on uccx1 presents [^;]*ERR_CERT_AUTHORITY_INVALID\)$/,
    },
    {
      name: 'a part of a page that is shown',
      page: { outcome: 'shown', url, title: '', screenshot: null, refusals: [{ ...dead, certificate: null }] },
      severity: 'major',
      because: /not all of it: .*12015/,
    },
    {
      name: 'a part of a page that the browser tells nothing of: what its port presents',
      page: { ...unlike, refusals: [{ ...dead, certificate: null }] },
      ports: { 12015: [seen] },
      because: /12015 .* presents .*self-signed/,
      at: seen,
    },
    {
      name: 'words that point to a CUCM that is not in the inventory',
      page: { ...unlike, missing: 'the sign-in; it says "Invalid User ID/Password"' },
      because: /Invalid User ID/,
      advice: /No certificate was seen/,
    },
    {
      name: 'words that point to a CUCM of the inventory',
      page: { ...unlike, missing: 'the sign-in; it says "Invalid User ID/Password"' },
      peer: { type: 'CM_PUBLISHER' },
      because: /uccx1 asks 8443 on peer, where no certificate was seen$/,
      symptom: /password is wrong/,
      advice: /uccert trust/,
    },
    {
      name: 'a gadget of a port that presents a certificate: whether it is trusted is another question',
      page: {
        ...unlike,
        missing: 'the gadget; it says "Unable to retrieve spec for https://uccx1.example.com:8444/x"',
      },
      ports: { 8444: [seen] },
      because: /gadget from 8444 on uccx1, which presents .*self-signed/,
      symptom: /Unable to retrieve spec/,
      advice:
        /uccert trust decides whether tomcat-trust of uccx1 trusts uccx1: look at the link from uccx1 to uccx1:8444/,
    },
    {
      name: 'a gadget of a port that presents none: nothing is to be trusted there',
      page: {
        ...unlike,
        missing: 'the gadget; it says "Unable to retrieve spec for https://uccx1.example.com:8444/x"',
      },
      because: /gadget from 8444 on uccx1, where no certificate was seen/,
    },
    {
      name: 'another page than documented',
      page: unlike,
      because: /^expected and not seen: the sign-in form$/,
      symptom: /^(?!.*connection is not private)/,
      advice: /No certificate was seen/,
    },
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
