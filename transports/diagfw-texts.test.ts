import { expect, test } from 'vitest';
import { isValidated } from './diagfw-texts.ts';

/** As the technote on CA-signed certificates of CCE prints it. */
const valid = `Cisco Unified ICM/CCE Diagnostic Framework Certificate Manager

Executing Task: 'ValidateCertBinding'
Read port number from service configuration file: '7890'

ATTEMPTING TO VALIDATE CERTIFICATE BINDING WITH WINDOWS HTTP SERVICE
Binding IP Address: '0.0.0.0:7890'
Found a certificate binding on 0.0.0.0:7890
Trying to look up certificate: A909502DD82AE41433E6F83886B00D4277A32A7B
Certificate requested found in store
The certificate binding is VALID
Certificate hash stored in service registry matches certificate used by service

ALL TASKS FOR VALIDATING CERTIFICATE BINDING COMPLETED SUCCESSFULLY
`;

test('a validated binding has every sign of it, and without one it is none', () => {
  expect(isValidated(valid)).toBe(true);
  expect(isValidated(valid.replace('matches', 'does not match'))).toBe(false);
  expect(isValidated(valid.replace('is VALID', 'is INVALID'))).toBe(false);
  expect(isValidated('')).toBe(false);
});
