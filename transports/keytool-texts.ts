import { certificatesOfPem } from '#model/pem.ts';

/** One entry of a key store, as `keytool -list -rfc` prints it. */
export interface ShownEntry {
  readonly alias: string;
  readonly is: 'key' | 'trusted';
  /** DER; of a key its own certificate first. */
  readonly certificates: readonly Buffer[];
}

/** A whole listing. `entries` is how many keytool said there are. */
export interface ShownKeystore {
  readonly format: string;
  readonly entries: readonly ShownEntry[];
}

/** keytool's words for a wrong password: JKS and JCEKS, then PKCS #12. OpenJDK 17. */
export const wrongPassword = /Keystore was tampered with, or password was incorrect|keystore password was incorrect/;

/** The key store in what `keytool -list -rfc` printed; null where it did not print all of one. */
export function keystoreIn(output: string): ShownKeystore | null {
  const format = /^Keystore type: (\S+)/im.exec(output)?.[1];
  const count = /^Your keystore contains (\d+) entr/m.exec(output)?.[1];
  if (format === undefined || count === undefined) return null;
  const entries = output
    .split(/^Alias name: /m)
    .slice(1)
    .map((text): ShownEntry => ({
      alias: text.split('\n', 1)[0]?.trim() ?? '',
      is: /^Entry type: PrivateKeyEntry/m.test(text) ? 'key' : 'trusted',
      certificates: certificatesOfPem(text),
    }));
  return entries.length === Number(count) ? { format: format.toUpperCase(), entries } : null;
}
