import type { ShownEntry } from '#transports/keytool-texts.ts';

/** The entry of a key under an alias, its own certificate first; keytool does not tell small letters from large ones. */
export function identityEntry(
  { entries }: { readonly entries: readonly ShownEntry[] },
  alias: string,
): { readonly own: Buffer; readonly chain: readonly Buffer[] } | null {
  for (const { alias: name, is, certificates } of entries) {
    const [own] = certificates;
    if (is === 'key' && own !== undefined && name.toLowerCase() === alias.toLowerCase())
      return { own, chain: certificates };
  }
  return null;
}
