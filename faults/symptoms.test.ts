import { describe, expect, test } from 'vitest';
import { complaints } from './complaints.ts';
import { faultOf, faults } from './index.ts';
import { suspectsOf } from './symptoms.ts';

describe('words lead to the complaint', () => {
  test.each([
    ['Invalid User ID/Password', 'invalid-user-id-or-password'],
    ["agents can't log in", 'invalid-user-id-or-password'],
    ['Finesse: "invalid user id or password", but the password is right!', 'invalid-user-id-or-password'],
    ['live data is empty', 'live-data-empty'],
    ['the gadgets are blank since the weekend', 'live-data-empty'],
    ['Chat gadget does not load', 'chat-does-not-open'],
    ['customers cannot open the chat', 'chat-does-not-open'],
    ['sun.security.validator.ValidatorException: PKIX path building failed', 'works-in-browser-not-in-java'],
    ['CSR SAN and Certificate SAN does not match', 'upload-refused'],
    ['the old certificate is still shown on one port', 'old-certificate-still-shown'],
    ['Finesse is down', 'page-does-not-open'],
    ['client certificate picker', 'certificate-picker'],
    [
      'javax.net.ssl.SSLHandshakeException: java.security.cert.CertificateExpiredException: NotAfter: Mon Nov 16 2026',
      'certificate-expired',
    ],
    ['expired', 'certificate-expired'],
    ['unable to verify the first certificate', 'works-in-browser-not-in-java'],
    ['curl: (60) SSL certificate problem: unable to get local issuer certificate', 'works-in-browser-not-in-java'],
    ['Algorithm constraints check failed on keysize limits. RSA 1024bit key used', 'key-refused'],
    ['a window pops up: Select a certificate', 'certificate-picker'],
    ['CertificateException: No subject alternative DNS name matching uccx2.lab.example found.', 'wrong-name'],
    ['single sign on does not work', 'single-sign-on-fails'],
    ['Nessus reports logjam', 'scanner-complains'],
    ['supervisor says the reports are blank', 'reports-blank'],
    ['Error code: SEC_ERROR_UNKNOWN_ISSUER', 'certificate-not-accepted'],
    ['SEC_ERROR_EXPIRED_CERTIFICATE', 'certificate-expired'],
    ['SSL_ERROR_BAD_CERT_DOMAIN', 'wrong-name'],
  ])('%s', (words, id) => {
    expect(suspectsOf(words).complaint?.id).toBe(id);
  });
});

test.each([
  ['NET::ERR_CERT_DATE_INVALID', ['certificate-expired', 'certificate-not-yet-valid']],
  ['net::err_cert_common_name_invalid', ['name-mismatch', 'subject-alternative-name-missing']],
  ['NET::ERR_CERT_VALIDITY_TOO_LONG', ['validity-period-excessive']],
])('an error of the browser leads to the faults that name it: %s', (words, expected) => {
  expect(suspectsOf(words).suspects.map(({ fault }) => fault)).toEqual(expect.arrayContaining(expected));
});

test.each(faults.map(({ id, symptom }) => ({ id, symptom })))('$id is suspected by its own symptom', (fault) => {
  expect(suspectsOf(fault.symptom).suspects.map(({ fault: id }) => id)).toContain(fault.id);
});

test.each(complaints.map((complaint) => ({ id: complaint.id, complaint })))(
  'the complaint $id is found by each of its phrases, and leads to faults that exist',
  ({ complaint }) => {
    for (const words of complaint.says) expect(suspectsOf(words).complaint).toBe(complaint);
    for (const { fault } of complaint.leads) expect(faultOf(fault)).toBeDefined();
  },
);

test.each([
  'banana',
  '',
  '   ',
  '!?',
  'x'.repeat(10_000),
  'printer has no paper',
  'the coffee machine is broken',
  'help',
  'it is slow',
  'Die Agenten können sich nicht anmelden',
  'Echtzeitdaten leer',
])('words of nothing lead nowhere: %.20s', (words) => {
  expect(suspectsOf(words)).toEqual({ complaint: null, suspects: [] });
});
