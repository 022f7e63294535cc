import { expect, test } from 'vitest';
import { applicationIn, bindingsIn } from './netsh-texts.ts';

const digits = 'a909502dd82ae41433e6f83886b00d4277a32a7b';

/** As Windows Server 2022 prints it. */
const english = `
SSL Certificate bindings:
-------------------------

    IP:port                      : 0.0.0.0:443
    Certificate Hash             : ${digits.toUpperCase()}
    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
    Certificate Store Name       : MY
    Verify Client Certificate Revocation : Enabled
    Ctl Store Name               : (null)

    Hostname:port                : aw1.example.com:7890
    Certificate Hash             : ${digits}
    Application ID               : {00000000-0000-0000-0000-000000000000}
    Certificate Store Name       : (null)
`;

test('the bindings, each with its port, thumbprint and store', () => {
  expect(bindingsIn(english)).toEqual([
    { address: '0.0.0.0', port: 443, thumbprint: digits, store: 'MY' },
    { address: 'aw1.example.com', port: 7890, thumbprint: digits, store: null },
  ]);
});

test('in a Windows of another language', () => {
  const german = english.replace('IP:port ', 'IP:Port ').replace('Certificate Hash', 'Zertifikathash  ');
  expect(bindingsIn(german)).toEqual(bindingsIn(english));
});

test('none where there is none', () => {
  expect(bindingsIn('\nSSL Certificate bindings:\n-------------------------\n')).toEqual([]);
  expect(bindingsIn(`Certificate Hash : ${digits}`)).toEqual([]);
});

test('the application of a binding', () => {
  expect(applicationIn(english)).toBe('{4dc3e181-e14b-4a21-b022-59fc669b0914}');
  expect(applicationIn('The system cannot find the file specified.')).toBe(null);
});
