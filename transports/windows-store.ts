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
