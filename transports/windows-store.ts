import { createHash } from 'node:crypto';
import { ProbeError } from '#model/errors.ts';
import type { WindowsShell } from './windows.ts';
import { lookAround, type WindowsStore } from './windows-surroundings.ts';

/** SHA-1 of a certificate, forty digits in small letters: what Windows knows it by. */
export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha1').update(der).digest('hex');
}

/** Whether a store of LocalMachine holds the certificate. Throws `ProbeError`. */
export async function holds(shell: WindowsShell, store: WindowsStore, der: Buffer): Promise<boolean> {
  const { certificates } = await lookAround(shell);
  return certificates.some((held) => held.store === store && held.der.equals(der));
}

/** Puts the certificate of a file into a store of LocalMachine. What it says depends on the language: only the store tells. */
export async function addToStore(shell: WindowsShell, store: WindowsStore, file: string): Promise<void> {
  await certutil(shell, ['-addstore', store, file]);
}

/** Takes a certificate out of a store of LocalMachine. */
export async function deleteFromStore(shell: WindowsShell, store: WindowsStore, thumbprint: string): Promise<void> {
  await certutil(shell, ['-delstore', store, thumbprint]);
}

async function certutil(shell: WindowsShell, args: readonly string[]): Promise<void> {
  const { code, out, errors } = await shell.run('certutil', args);
  if (code === 0) return;
  const answer = (out + errors).trim().slice(-300);
  throw new ProbeError({ reason: 'unexpected-answer', to: `certutil ${args.slice(0, 2).join(' ')}`, answer });
}

/** A certificate of Personal. */
export interface Personal {
  readonly thumbprint: string;
  readonly hasKey: boolean;
  readonly friendlyName: string;
  readonly der: Buffer;
}

/** What LocalMachine\My holds, with what lookAround leaves out. Throws `ProbeError`. */
export async function personalCertificates(shell: WindowsShell): Promise<readonly Personal[]> {
  const { out } = await shell.powershell(
    'gci Cert:\\LocalMachine\\My | % { "" + $_.HasPrivateKey + " " + [Convert]::ToBase64String($_.RawData) + " " + $_.FriendlyName }',
  );
  return out.split('\n').flatMap((line) => {
    const [, key, base64 = '', friendlyName = ''] = /^(True|False) (\S+) ?(.*)$/.exec(line.trimEnd()) ?? [];
    if (key === undefined) return [];
    const der = Buffer.from(base64, 'base64');
    return [{ thumbprint: thumbprintOf(der), hasKey: key === 'True', friendlyName, der }];
  });
}

/** What a self-signed certificate is to be: RSA of 2048 bits with SHA-256, both names the FQDN. */
export interface SelfSigned {
  readonly name: string;
  readonly days: number;
  /** By which it is found again. */
  readonly friendlyName: string;
}

/** Makes a self-signed certificate with its key in Personal. Throws `ProbeError` where none of that friendly name is there afterwards. */
export async function makeSelfSigned(shell: WindowsShell, { name, days, friendlyName }: SelfSigned): Promise<Buffer> {
  const { errors } = await shell.powershell(
    `New-SelfSignedCertificate -DnsName '${name}' -CertStoreLocation Cert:\\LocalMachine\\My -KeyLength 2048 -HashAlgorithm SHA256 -FriendlyName '${friendlyName}' -NotAfter (Get-Date).AddDays(${String(days)})`,
  );
  const made = (await personalCertificates(shell)).find((each) => each.friendlyName === friendlyName);
  if (made !== undefined) return made.der;
  throw new ProbeError({
    reason: 'unexpected-answer',
    to: 'New-SelfSignedCertificate',
    answer: errors.trim().slice(0, 300),
  });
}
