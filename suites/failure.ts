import { errors } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';

/** What stopped the browser: its refusal by name, why there was nothing to refuse, or a question. */
export type Stop =
  | { readonly refused: string }
  | { readonly failure: ProbeFailure }
  /** The server asks who wants to see the page (RFC 9110, 401): the browser has taken the certificate. */
  | { readonly asks: 'who' };

/** Reads what Playwright threw. Names: Chromium, net/base/net_error_list.h. */
export function stopOf(thrown: unknown, url: string, deadlineMs: number): Stop {
  const error = /net::ERR_\w+/.exec(messageOf(thrown))?.[0];
  switch (error) {
    case undefined:
      return {
        failure:
          thrown instanceof errors.TimeoutError
            ? { reason: 'timed-out', stage: 'dialogue', afterMs: deadlineMs }
            : { reason: 'defect-in-uccert', message: messageOf(thrown) },
      };
    case 'net::ERR_INVALID_AUTH_CREDENTIALS':
      return { asks: 'who' };
    case 'net::ERR_NAME_NOT_RESOLVED':
      return { failure: { reason: 'name-not-resolved', name: new URL(url).hostname } };
    case 'net::ERR_CONNECTION_REFUSED':
      return { failure: { reason: 'connection-refused' } };
    case 'net::ERR_CONNECTION_RESET':
      return { failure: { reason: 'connection-reset', stage: 'connect' } };
    case 'net::ERR_CONNECTION_CLOSED':
    case 'net::ERR_EMPTY_RESPONSE':
      return { failure: { reason: 'connection-closed', stage: 'dialogue' } };
    case 'net::ERR_CONNECTION_TIMED_OUT':
    case 'net::ERR_TIMED_OUT':
      return { failure: { reason: 'timed-out', stage: 'connect', afterMs: deadlineMs } };
    case 'net::ERR_ADDRESS_UNREACHABLE':
    case 'net::ERR_INTERNET_DISCONNECTED':
    case 'net::ERR_NETWORK_ACCESS_DENIED':
      return { failure: { reason: 'host-unreachable', code: error } };
    default:
      return { refused: error };
  }
}
