import type { ProbeFailure } from './observation.ts';

/** The three parts of every message: what was seen, why it matters, what to do. */
export interface Parts {
  readonly seen: string;
  readonly matters: string;
  readonly todo: string;
}

function inWords(parts: Parts): string {
  return [parts.seen, parts.matters, parts.todo].join('\n');
}

/** Something the caller can put right: usage, inventory, credentials, a file. Exit code 3, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(parts: Parts, options?: ErrorOptions) {
    super(inWords(parts), options);
  }
}

/** uccert will not do it now: stale plan, lock held, outside the window, irreversible without consent. Exit code 4, no stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(parts: Parts, options?: ErrorOptions) {
    super(inWords(parts), options);
  }
}

/** A peer did not answer as asked. Becomes data: the failure of an observation, or the reason a step did not succeed. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure, options?: ErrorOptions) {
    super(failureTitle(failure), options);
    this.failure = failure;
  }
}

/** A failure in one plain sentence. */
export function failureTitle(failure: ProbeFailure): string {
  switch (failure.reason) {
    case 'name-not-resolved':
      return `the name ${failure.name} did not resolve`;
    case 'connection-refused':
      return 'the connection was refused';
    case 'host-unreachable':
      return `the host cannot be reached (${failure.code})`;
    case 'timed-out':
      return `no answer within ${String(failure.afterMs / 1000)} s (${failure.stage})`;
    case 'connection-reset':
      return `the connection was reset (${failure.stage})`;
    case 'connection-closed':
      return `the peer closed the connection (${failure.stage})`;
    case 'not-tls':
      return failure.speech === 'unknown'
        ? 'the port does not speak TLS'
        : `the port speaks ${failure.speech.toUpperCase()}, not TLS`;
    case 'tls-alert':
      return `the peer sent the alert ${failure.alert}`;
    case 'tls-protocol-error':
      return `the TLS handshake failed (${failure.code})`;
    case 'limit-exceeded':
      return `the peer exceeded a limit: ${failure.limit}`;
    case 'certificate-unreadable':
      return `the end entity certificate cannot be read: ${failure.message}`;
    case 'issuer-not-seen':
      return `the certificate of the issuer was not sent and is not known: ${failure.issuer}`;
    case 'no-credentials':
      return `no credentials were given for ${failure.machine}`;
    case 'not-authorised':
      return `the sign-in as ${failure.as} was refused`;
    case 'host-key-differs':
      return `the SSH host key is ${failure.seen}, pinned is ${failure.expected}`;
    case 'host-key-not-pinned':
      return `no SSH host key is pinned, the machine shows ${failure.seen}`;
    case 'unexpected-answer':
      return `the answer to "${failure.to}" is not as documented: ${failure.answer}`;
    case 'browser-unavailable':
      return `no browser could be started: ${failure.message}`;
    case 'defect-in-uccert':
      return `a defect in uccert: ${failure.message}`;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
