import type { X509Certificate } from 'node:crypto';
import { keyStorePath } from './machines/windows/installation.ts';
import type { WindowsMachine } from './machines/windows/machine.ts';

/** Puts these certificates behind that of an alias of the key store, in place of the chain it had, and starts what serves from it anew. */
export async function putBehind(
  machine: WindowsMachine,
  alias: string,
  issuers: readonly X509Certificate[],
): Promise<void> {
  const own = machine.identities.find(({ name }) => name === alias);
  const kept = machine.keyStore(keyStorePath)?.identity(alias);
  if (own === undefined || kept == null) throw new Error(`${machine.id} has no key under ${alias}`);
  const key = { privateKey: kept.key, publicKey: own.certificate.publicKey };
  machine.keep(alias, { chain: [own.certificate, ...issuers], key });
  await machine.startAll();
}
