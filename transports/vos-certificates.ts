import { requestsOfPem, toPem } from '#model/pem.ts';
import { demand, unexpected } from './vos-answer.ts';
import { shownCertificate, type VosCli } from './vos-cli.ts';
import { vosTexts } from './vos-texts.ts';

/** A certificate in a trust store, under the file name the machine gave it. */
export interface TrustEntry {
  readonly name: string;
  readonly der: Buffer;
}

/** The identity certificate of a unit. */
export async function showIdentity(cli: VosCli, unit: string): Promise<Buffer> {
  const command = `show cert own ${unit}`;
  return shownCertificate(await cli.run(command), command);
}

/** The file names in every trust store of the machine, by store. */
export async function trustFiles(cli: VosCli): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = (await cli.run('show cert list trust')).split('\n').flatMap((line) => {
    const [, unit, name] = vosTexts.listedTrust.exec(line) ?? [];
    return unit === undefined || name === undefined ? [] : [{ store: `${unit}-trust`, name }];
  });
  return new Map(
    [...Map.groupBy(listed, ({ store }) => store)].map(([store, of]) => [store, of.map(({ name }) => name)]),
  );
}

/** The certificates of these files of a trust store. */
export async function showTrust(cli: VosCli, store: string, names: readonly string[]): Promise<TrustEntry[]> {
  const entries: TrustEntry[] = [];
  for (const name of names) {
    const command = `show cert trust ${store}/${name}`;
    entries.push({ name, der: shownCertificate(await cli.run(command), command) });
  }
  return entries;
}

/** Every certificate of one trust store. */
export async function listTrust(cli: VosCli, store: string): Promise<TrustEntry[]> {
  return showTrust(cli, store, (await trustFiles(cli)).get(store) ?? []);
}

/** The requests that wait for their certificates, DER by unit. */
export async function pendingRequests(cli: VosCli): Promise<ReadonlyMap<string, Buffer>> {
  // Releases up to 12.5 want the word own; later ones do without.
  const listing = await firstThatLists(cli, ['show csr list', 'show csr list own']);
  const requests = new Map<string, Buffer>();
  for (const line of listing.split('\n')) {
    const unit = vosTexts.listedRequest.exec(line)?.[1];
    if (unit === undefined) continue;
    const command = `show csr own ${unit}`;
    const output = await cli.run(command);
    const [der] = requestsOfPem(output);
    if (der === undefined) throw unexpected(output, command);
    requests.set(unit, der);
  }
  return requests;
}

async function firstThatLists(cli: VosCli, commands: readonly [string, ...string[]]): Promise<string> {
  let output = '';
  for (const command of commands) {
    output = await cli.run(command);
    if (vosTexts.noRequests.test(output) || output.split('\n').some((line) => vosTexts.listedRequest.test(line)))
      return output;
  }
  throw unexpected(output, commands[0]);
}

/** The domain that the machine has, `show network eth0`; null where it prints none. */
export async function networkDomain(cli: VosCli): Promise<string | null> {
  return vosTexts.domain.exec(await cli.run('show network eth0'))?.[1] ?? null;
}

/** `set cert regen UNIT`: a new key pair and self-signed certificate. The old key is gone. */
export async function regenerate(cli: VosCli, unit: string): Promise<void> {
  const command = `set cert regen ${unit}`;
  const output = await cli.run(command, [{ to: /\(yes\|no\)\s*\??\s*$/i, send: 'yes' }]);
  demand(vosTexts.regenerated, output, command);
}

/** `set csr gen UNIT`: a new key pair and the request for it, in place of one that waited. */
export async function makeRequest(cli: VosCli, unit: string): Promise<void> {
  const command = `set csr gen ${unit}`;
  const output = await cli.run(command, [{ to: /Include OU in CSR.*\(yes\|no\)\s*\??\s*$/i, send: 'no' }]);
  demand(vosTexts.requestMade, output, command);
}

/** `set cert import own UNIT`: the reply to the request that waits. */
export async function importOwn(cli: VosCli, unit: string, der: Uint8Array): Promise<void> {
  const command = `set cert import own ${unit}`;
  const output = await cli.run(command, [{ to: vosTexts.paste, send: toPem(der).trimEnd() }]);
  demand(vosTexts.imported, output, command);
}

/** `set cert import trust UNIT`: one certificate into a trust store. */
export async function importTrust(cli: VosCli, store: string, der: Uint8Array): Promise<void> {
  const command = `set cert import trust ${unitOf(store)}`;
  const output = await cli.run(command, [{ to: vosTexts.paste, send: toPem(der).trimEnd() }]);
  demand(vosTexts.imported, output, command);
}

/** `set cert delete UNIT FILE`: one certificate out of a trust store. */
export async function deleteTrust(cli: VosCli, store: string, name: string): Promise<void> {
  const command = `set cert delete ${unitOf(store)} ${name}`;
  const output = await cli.run(command, [{ to: /\(yes\|no\)\s*\??\s*$/i, send: 'yes' }]);
  demand(vosTexts.deleted, output, command);
}

function unitOf(store: string): string {
  return store.replace(/-trust$/, '');
}
