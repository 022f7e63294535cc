import { ProbeError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import { shownCertificate, type VosCli } from './vos-cli.ts';
import { vosTexts } from './vos-texts.ts';

/** A certificate in a trust store, under the file name the machine gave it. */
export interface TrustEntry {
  readonly name: string;
  readonly der: Buffer;
}

/** Milliseconds allowed for a restart: a Tomcat on a loaded machine takes minutes (seen in public code: 600 s). */
const restartMs = 600_000;

/** The identity certificate of a unit. */
export async function showIdentity(cli: VosCli, unit: string): Promise<Buffer> {
  const command = `show cert own ${unit}`;
  return shownCertificate(await cli.run(command), command);
}

/** Every certificate of a unit's trust store. */
export async function listTrust(cli: VosCli, store: string): Promise<TrustEntry[]> {
  const unit = unitOf(store);
  const listing = await cli.run('show cert list trust');
  const entries: TrustEntry[] = [];
  for (const line of listing.split('\n')) {
    const match = vosTexts.listedTrust.exec(line);
    if (match?.[1] !== unit || match[2] === undefined) continue;
    const name = match[2];
    const command = `show cert trust ${store}/${name}`;
    entries.push({ name, der: shownCertificate(await cli.run(command), command) });
  }
  return entries;
}

/** `set cert regen UNIT`: a new key pair and self-signed certificate. The old key is gone. */
export async function regenerate(cli: VosCli, unit: string): Promise<void> {
  const command = `set cert regen ${unit}`;
  const output = await cli.run(command, [{ to: /\(yes\|no\)\s*\??\s*$/i, send: 'yes' }]);
  demand(vosTexts.regenerated, output, command);
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

/** `utils service restart NAME`, until the machine says that it is started. */
export async function restartService(cli: VosCli, service: string): Promise<void> {
  const command = `utils service restart ${service}`;
  const output = await cli.run(command, [{ to: /\(y\/n\)\s*\??\s*$/i, send: 'y' }], restartMs);
  const started = output.split('\n').some((line) => vosTexts.started.exec(line)?.[1] === service);
  if (!started) throw unexpected(output, command);
}

function unitOf(store: string): string {
  return store.replace(/-trust$/, '');
}

function demand(sign: RegExp, output: string, command: string): void {
  if (!sign.test(output)) throw unexpected(output, command);
}

function unexpected(output: string, command: string): ProbeError {
  const answer = output.trim().split('\n').slice(-3).join(' / ').slice(-300);
  return new ProbeError({ reason: 'unexpected-answer', to: command, answer: answer === '' ? 'nothing' : answer });
}
