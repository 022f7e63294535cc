import { errors } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { ProbeFailure } from '#model/observation.ts';

/** What stopped the browser: its refusal by name, why there was nothing to refuse, or a question. */
export type Stop =
  | { readonly refused: string }
  | { readonly failure: ProbeFailure }
  /** The server asks who wants to see the page (RFC 9110, 401): the browser has taken the certificate. */
  | { readonly asks: 'who' };

/** What a browser says of TLS: Chromium, net/base/net_error_list.h; Firefox, nsserrors.properties. */
export const tlsError = /net::ERR_(?:CERT|SSL)_\w+|\b(?:SEC|SSL|MOZILLA_PKIX)_ERROR_\w+/;

/** Everything a browser stops with: what it says of TLS, or of the way there (Firefox: xpcom/base/ErrorList.py). */
const anyError = new RegExp(`${tlsError.source}|net::ERR_\\w+|\\bNS_ERROR_\\w+`, 'g');

/** Reads what Playwright threw, and what it said of the request. Firefox puts the class of an error before its name. */
export function stopOf(thrown: unknown, url: string, deadlineMs: number, said = ''): Stop {
  const errorsSaid = `${messageOf(thrown)} ${said}`.match(anyError) ?? [];
  const error = errorsSaid.find((each) => tlsError.test(each)) ?? errorsSaid[0];
  switch (error) {
    case undefined:
      return { failure: failureOf(thrown, deadlineMs) };
    case 'net::ERR_INVALID_AUTH_CREDENTIALS':
      return { asks: 'who' };
    case 'net::ERR_NAME_NOT_RESOLVED':
    case 'NS_ERROR_UNKNOWN_HOST':
      return { failure: { reason: 'name-not-resolved', name: new URL(url).hostname } };
    case 'net::ERR_CONNECTION_REFUSED':
    case 'NS_ERROR_CONNECTION_REFUSED':
      return { failure: { reason: 'connection-refused' } };
    case 'net::ERR_CONNECTION_RESET':
    case 'NS_ERROR_NET_RESET':
      return { failure: { reason: 'connection-reset', stage: 'connect' } };
    case 'net::ERR_CONNECTION_CLOSED':
    case 'net::ERR_EMPTY_RESPONSE':
    case 'NS_ERROR_NET_INTERRUPT':
    case 'NS_ERROR_NET_EMPTY_RESPONSE':
      return { failure: { reason: 'connection-closed', stage: 'dialogue' } };
    case 'net::ERR_CONNECTION_TIMED_OUT':
    case 'net::ERR_TIMED_OUT':
    case 'NS_ERROR_NET_TIMEOUT':
    case 'NS_ERROR_PROXY_GATEWAY_TIMEOUT':
      return { failure: { reason: 'timed-out', stage: 'connect', afterMs: deadlineMs } };
    case 'net::ERR_ADDRESS_UNREACHABLE':
    case 'net::ERR_INTERNET_DISCONNECTED':
    case 'net::ERR_NETWORK_ACCESS_DENIED':
    case 'NS_ERROR_PROXY_BAD_GATEWAY':
      return { failure: { reason: 'host-unreachable', code: error } };
    default:
      return error.startsWith('NS_ERROR_') ? { failure: failureOf(thrown, deadlineMs, error) } : { refused: error };
  }
}

function failureOf(thrown: unknown, deadlineMs: number, error?: string): ProbeFailure {
  if (thrown instanceof errors.TimeoutError) return { reason: 'timed-out', stage: 'page', afterMs: deadlineMs };
  const message = error === undefined ? messageOf(thrown) : `${messageOf(thrown)} (${error})`;
  return { reason: 'defect-in-uccert', message };
}
