import { Resolver } from 'node:dns/promises';

/** The TXT records of a name, as a name server (`address:port`) or this machine's own gives them; none where nobody knows the name. */
export async function textRecordsOf(name: string, nameServer: string | null): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (nameServer !== null) resolver.setServers([nameServer]);
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch {
    // Not there yet, or not to be asked from here: the operator is told what to put there either way.
    return [];
  }
}
