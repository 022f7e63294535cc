import { expect, test } from 'vitest';
import { passwordInProperties, passwordPrinted } from './cvp-texts.ts';

test('the password of security.properties', () => {
  expect(passwordInProperties('Security.certVersion = 3\nSecurity.keystorePW = a:b=c \n')).toBe('a:b=c');
  expect(passwordInProperties('Security.certVersion = 3\n')).toBe(null);
});

test('the password that DecryptKeystoreUtil.bat prints', () => {
  expect(passwordPrinted('\nabc123\n')).toBe('abc123');
  expect(passwordPrinted('\n')).toBe(null);
});
