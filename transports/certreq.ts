import { ProbeError } from '#model/errors.ts';
import type { WindowsShell } from './windows.ts';

/** Makes a key that waits for its reply, and writes the request for it. `policy` and `request` are paths. Throws `ProbeError`. */
export async function newRequest(shell: WindowsShell, policy: string, request: string): Promise<void> {
  await certreq(shell, ['-new', '-q', policy, request]);
}

/** Puts a reply to its key into Personal; its root must be trusted. Throws `ProbeError`. */
export async function acceptReply(shell: WindowsShell, reply: string): Promise<void> {
  await certreq(shell, ['-accept', '-q', '-machine', reply]);
}

async function certreq(shell: WindowsShell, args: readonly string[]): Promise<void> {
  const { code, out, errors } = await shell.run('certreq', args);
  if (code === 0) return;
  const answer = (out + errors).trim().slice(-300);
  throw new ProbeError({ reason: 'unexpected-answer', to: `certreq ${args[0] ?? ''}`, answer });
}
