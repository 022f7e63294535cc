import type { ProbeFailure } from './observation.ts';

const rereadInventory = 'Check that the port and address in the inventory are right.';

const stages = {
  connect: 'while connecting',
  handshake: 'during the TLS handshake',
  resolution: 'while the name was looked up',
  dialogue: 'after the TLS handshake',
} as const;

/** Why OpenSSL and Node do not take a certificate, by their codes. */
const doubts: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: ': it has expired',
  CERT_NOT_YET_VALID: ': it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: ': it is for other names',
  DEPTH_ZERO_SELF_SIGNED_CERT: ': it is self-signed, and no client profile accepts it',
  SELF_SIGNED_CERT_IN_CHAIN: ': its root is no anchor of a client profile',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ': it leads to no anchor of a client profile',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ': it leads to no anchor of a client profile',
  // What OpenSSL has a code for and Node has not: a key that is too short for one.
  UNSPECIFIED: ': its key or its signature is too weak',
};

/** A failure in words: what was seen, and what to do about it. */
export interface FailureWords {
  readonly seen: string;
  readonly advice: string;
}

/** Why something was not seen, in words. The words may hold what a peer sent: whoever shows them escapes them. */
export function failureWords(failure: ProbeFailure | 'not-probed'): FailureWords {
  if (failure === 'not-probed') {
    return { seen: 'it was not probed', advice: 'Ask for it: run uccert trust, or scan with --deep.' };
  }
  switch (failure.reason) {
    case 'name-not-resolved':
      return {
        seen: `the name ${failure.name} does not resolve`,
        advice: 'Put the name into DNS, or give the address in the inventory.',
      };
    case 'connection-refused':
      return {
        seen: 'connection refused',
        advice: 'Start the service, or take the port out of the inventory if it is meant to be off.',
      };
    case 'host-unreachable':
      return {
        seen: `host unreachable (${failure.code})`,
        advice: 'Check the route and the firewall between this machine and that one, and that it is switched on.',
      };
    case 'timed-out':
      return {
        seen: unanswered(failure.stage, (failure.afterMs / 1000).toLocaleString('en-GB')),
        advice:
          failure.stage === 'connect'
            ? 'A firewall that drops packets looks like this: check the path, or probe from another vantage point.'
            : 'The machine accepts connections but does not answer: look at its load and at the service behind the port.',
      };
    case 'connection-reset':
      return {
        seen: `connection reset ${stages[failure.stage]}`,
        advice: 'Look for a firewall or intrusion prevention system on the path, and at the log of the service.',
      };
    case 'connection-closed':
      return {
        seen: `connection closed ${stages[failure.stage]}`,
        advice: 'Look at the log of the service; it may be starting, or allow only certain addresses.',
      };
    case 'not-tls':
      return {
        seen:
          failure.speech === 'unknown'
            ? 'the answer is not TLS'
            : `the answer is not TLS but ${failure.speech.toUpperCase()}`,
        advice: rereadInventory,
      };
    case 'tls-alert':
      return {
        seen: `the server ended the handshake with the TLS alert ${failure.alert}`,
        advice: 'Check which protocol versions and server_name the service accepts.',
      };
    case 'tls-protocol-error':
      return {
        seen: `the server broke the TLS protocol (${failure.code})`,
        advice: `${rereadInventory} If they are, look at what stands between: a proxy or load balancer may answer.`,
      };
    case 'not-verified':
      return {
        seen: `its certificate does not prove it${doubts[failure.code] ?? ''} (${failure.code})`,
        advice:
          'See what uccert trust says of the certificate, and that the anchors of the inventory are those of today.',
      };
    case 'limit-exceeded':
      return {
        seen: `the answer was cut off at a limit (${failure.limit})`,
        advice: 'The service sends far more than TLS needs: look at what really listens there.',
      };
    case 'certificate-unreadable':
      return {
        seen: `the certificate cannot be read: ${failure.message}`,
        advice: 'Put the malformed certificate right first; what depends on it can be judged then.',
      };
    case 'issuer-not-seen':
      return {
        seen: `the issuer's certificate was not seen: ${failure.issuer}`,
        advice:
          'Get it from the authority. A root (it names itself as its issuer) is given with --anchors or as an anchor of a client in the inventory; an intermediate belongs on the machine that did not send it.',
      };
    case 'no-credentials':
      return {
        seen: 'the inventory gives no credentials',
        advice: 'Add them to the inventory, by reference; uccert init shows where.',
      };
    case 'not-authorised':
      return {
        seen: `signing in as ${failure.as} was refused`,
        advice: 'Check the password, and that the account is not locked and may do what was asked.',
      };
    case 'host-key-differs':
      return {
        seen: `the SSH host key is ${failure.seen}, not ${failure.expected} as pinned`,
        advice: "Ask the machine's owner whether it was rebuilt. If so, pin the new key; if not, do not sign in.",
      };
    case 'host-key-not-pinned':
      return {
        seen: `no SSH host key is pinned; the machine shows ${failure.seen}${failure.pages === undefined ? '' : `. By its web pages: ${failure.pages}`}`,
        advice: `Compare it with the key on the machine's console, then pin it in the inventory${failure.pages === undefined ? '' : '; or put right what its pages lack'}.`,
      };
    case 'no-transport':
      return {
        seen: `uccert has no way onto ${failure.machine} to read its stores`,
        advice: `Copy the store to this machine and judge the file: uccert check FILE --for ${failure.machine}.`,
      };
    case 'unexpected-answer':
      return {
        seen: `the answer to ${failure.to} was not understood: ${failure.answer}`,
        advice: 'Run the command by hand and compare; the release may answer differently.',
      };
    case 'no-account':
      return {
        seen: `the inventory has no test account that is ${failure.role}`,
        advice: 'Add one under people, its password by reference.',
      };
    case 'account-in-use':
      return {
        seen: inUse([failure, ...(failure.also ?? [])]),
        advice: 'Give the browser suites an account of their own, or ask again when it is signed out.',
      };
    case 'browser-unavailable':
      return {
        seen: `there was no browser: ${failure.message}`,
        advice: 'Do what it says on this machine, then ask again.',
      };
    case 'stopped':
      return { seen: 'it was stopped before', advice: 'Run it again to the end.' };
    case 'file-unreadable':
      return { seen: failure.message, advice: failure.todo };
    case 'defect-in-uccert':
      return {
        seen: `uccert itself failed: ${failure.message}`,
        advice: 'This is a defect in uccert, not in the machine: please report it with run.json.',
      };
  }
}

function unanswered(stage: keyof typeof stages | 'page', seconds: string): string {
  if (stage === 'page') return `unanswered: the connection was taken, and no page came within ${seconds} s`;
  return `no answer within ${seconds} s ${stages[stage]}`;
}

function inUse(accounts: readonly { readonly as: string; readonly state: string }[]): string {
  const named = accounts.map(({ as, state }) => `${as} (${state})`).join(', ');
  const [only] = accounts;
  if (accounts.length > 1 || only === undefined) return `${named} are signed in already, and were left alone`;
  return `${only.as} is signed in already (${only.state}), and was left alone`;
}
