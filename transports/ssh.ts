import { createHash } from 'node:crypto';
import { Client, type AuthenticationType, type AuthHandlerMiddleware, type KeyboardInteractiveAuthMethod } from 'ssh2';
import { ProbeError } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';

/** Where the SSH server is and who signs in. The password goes to the pinned host key and to no other. */
export interface SshAccess {
  readonly host: string;
  readonly port: number;
  /** `SHA256:…` as ssh-keygen prints it, or null: then nothing is sent and the failure names the key seen. */
  readonly hostKey: string | null;
  readonly user: string;
  readonly password: string;
}

/** Releases before 12.5 offer these and nothing newer. They go last: a newer machine never takes them. */
const oldAlgorithms = {
  kex: { append: ['diffie-hellman-group14-sha1'], prepend: [], remove: [] },
  serverHostKey: { append: ['ssh-rsa'], prepend: [], remove: [] },
  cipher: { append: ['aes128-cbc'], prepend: [], remove: [] },
  hmac: { append: ['hmac-sha1'], prepend: [], remove: [] },
} as const;

/** Signs in. `connectMs` counts to the end of the sign-in. Throws `ProbeError`; the connection is gone then. */
export async function openSsh(access: SshAccess, connectMs: number): Promise<Client> {
  const client = new Client();
  try {
    await signIn(client, access, connectMs);
    return client;
  } catch (error) {
    client.destroy();
    throw error;
  }
}

async function signIn(client: Client, access: SshAccess, connectMs: number): Promise<void> {
  let failure: ProbeFailure | null = null;
  await new Promise<void>((resolve, reject) => {
    // Small packets both ways: waiting to fill them costs half a second a session.
    client.on('connect', () => client.setNoDelay(true));
    client.on('ready', () => resolve());
    client.on('error', (error: Error & { level?: string; code?: string }) => {
      reject(new ProbeError(failure ?? signInFailure(error, access.user), { cause: error }));
    });
    client.connect({
      host: access.host,
      port: access.port,
      username: access.user,
      password: access.password,
      authHandler: oneAttempt(access.user, access.password),
      readyTimeout: connectMs,
      algorithms: oldAlgorithms as unknown as NonNullable<Parameters<Client['connect']>[0]['algorithms']>,
      hostVerifier: (key: Buffer) => {
        const seen = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
        if (access.hostKey === null) failure = { reason: 'host-key-not-pinned', seen };
        else if (access.hostKey !== seen) failure = { reason: 'host-key-differs', expected: access.hostKey, seen };
        return failure === null;
      },
    });
  });
}

/**
 * Shows the password once, by the method the machine offers: a second try by another method counts as a second wrong password there, and some of them
 * lock the account.
 */
function oneAttempt(username: string, password: string): AuthHandlerMiddleware {
  let isShown = false;
  return (methods, _partialSuccess, next) => {
    // The types leave out that nothing is known of the methods before the first answer.
    const offered = methods as AuthenticationType[] | null;
    if (offered === null) {
      next({ type: 'none', username });
      return;
    }
    const byPassword = offered.includes('password');
    if (isShown || !(byPassword || offered.includes('keyboard-interactive'))) {
      next(false as never);
      return;
    }
    isShown = true;
    if (byPassword) next({ type: 'password', username, password });
    else {
      const prompt: KeyboardInteractiveAuthMethod['prompt'] = (_name, _instructions, _language, prompts, finish) =>
        finish(prompts.map(() => password));
      next({ type: 'keyboard-interactive', username, prompt });
    }
  };
}

function signInFailure(error: Error & { level?: string; code?: string }, user: string): ProbeFailure {
  if (error.level === 'client-authentication') return { reason: 'not-authorised', as: user };
  if (error.level === 'client-timeout') return { reason: 'timed-out', stage: 'connect', afterMs: 0 };
  switch (error.code) {
    case 'ECONNREFUSED':
      return { reason: 'connection-refused' };
    case 'ECONNRESET':
      return { reason: 'connection-reset', stage: 'handshake' };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { reason: 'name-not-resolved', name: error.message.split(' ').at(-1) ?? '' };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return { reason: 'host-unreachable', code: error.code };
    default:
      return { reason: 'unexpected-answer', to: 'SSH', answer: error.message };
  }
}
