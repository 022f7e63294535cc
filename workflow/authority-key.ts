import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isPkcs12, sealedKeysIn } from '#keystores/pkcs12.ts';
import { writeWhole } from './whole-file.ts';

/** The keys of a file: the one of PEM (PKCS #8 or older), or those of PKCS #12. Throws where it cannot be read, or the password is not its. */
export function authorityKeys(file: string, password: string | null): KeyObject[] {
  const bytes = readFileSync(file);
  const passphrase = password === null ? {} : { passphrase: password };
  if (!isPkcs12(bytes)) return [createPrivateKey({ key: bytes, ...passphrase })];
  return sealedKeysIn(bytes, password).map((sealed) =>
    createPrivateKey({ key: Buffer.from(sealed), format: 'der', type: 'pkcs8', ...passphrase }),
  );
}

/** The private key of an account with an authority, PEM; where the file is not there yet one is made, for its owner alone. */
export function accountKeyIn(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeWhole(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  }
  return readFileSync(file, 'utf8');
}
