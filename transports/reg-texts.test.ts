import { expect, test } from 'vitest';
import { valueIn } from './reg-texts.ts';

const output = `
HKEY_LOCAL_MACHINE\\SOFTWARE\\Cisco Systems, Inc.\\ICM\\Serviceability\\DiagnosticFramework
    CertUsedByDiagFwSvc    REG_SZ    A909502DD82AE41433E6F83886B00D4277A32A7B

`;

test('the value of a name', () => {
  expect(valueIn(output, 'certusedbydiagfwsvc')).toBe('A909502DD82AE41433E6F83886B00D4277A32A7B');
});

test('none of another name, and none in an error', () => {
  expect(valueIn(output, 'SelfSignedCertCreatedForDiagFwSvc')).toBe(null);
  expect(valueIn('ERROR: The system was unable to find the specified registry key or value.', 'a')).toBe(null);
});
