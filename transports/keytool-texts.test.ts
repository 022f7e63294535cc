import { expect, test } from 'vitest';
import { toPem } from '#model/pem.ts';
import { keystoreIn, wrongPassword } from './keytool-texts.ts';

const der = Buffer.from('30030101ff', 'hex');

/** As keytool of OpenJDK 17 prints it. */
const listing = `Keystore type: JCEKS
Keystore provider: SunJCE

Your keystore contains 2 entries

Alias name: wsm_certificate
Creation date: Nov 22, 2026
Entry type: PrivateKeyEntry
Certificate chain length: 2
Certificate[1]:
${toPem(der)}Certificate[2]:
${toPem(der)}

*******************************************
*******************************************


Alias name: root
Creation date: Nov 22, 2026
Entry type: trustedCertEntry

${toPem(der)}

*******************************************
*******************************************


`;

test('a listing, key and trusted entry apart', () => {
  expect(keystoreIn(listing)).toEqual({
    format: 'JCEKS',
    entries: [
      { alias: 'wsm_certificate', is: 'key', certificates: [der, der] },
      { alias: 'root', is: 'trusted', certificates: [der] },
    ],
  });
});

test('a listing that was cut off is none', () => {
  expect(keystoreIn(listing.slice(0, listing.indexOf('Alias name: root')))).toBe(null);
  expect(keystoreIn('keytool error: java.lang.Exception: Keystore file does not exist: a')).toBe(null);
});

test('the words for a wrong password', () => {
  expect('keytool error: java.io.IOException: Keystore was tampered with, or password was incorrect').toMatch(
    wrongPassword,
  );
  expect('keytool error: java.io.IOException: keystore password was incorrect').toMatch(wrongPassword);
  expect('keytool error: java.io.IOException: Invalid keystore format').not.toMatch(wrongPassword);
});
