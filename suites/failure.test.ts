import { errors } from '@playwright/test';
import { expect, test } from 'vitest';
import { stopOf } from './failure.ts';

const url = 'https://uccx1.example.com:8445/desktop';
const thrownFor = (code: string): Error => new Error(`page.goto: ${code} at ${url}\nCall log:\n  - navigating`);

test.each(['net::ERR_CERT_DATE_INVALID', 'net::ERR_CERT_AUTHORITY_INVALID', 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH'])(
  '%s is a refusal',
  (code) => expect(stopOf(thrownFor(code), url, 1000)).toEqual({ refused: code }),
);

test.each(['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', 'SEC_ERROR_EXPIRED_CERTIFICATE', 'SSL_ERROR_BAD_CERT_DOMAIN'])(
  '%s of the request is a refusal, where what was thrown has no name',
  (code) => {
    const said = `NS_ERROR_GENERATE_FAILURE(NS_ERROR_MODULE_SECURITY, ${code})`;
    expect(stopOf(new Error('Protocol error (browsingContext.navigate): unknown error'), url, 1000, said)).toEqual({
      refused: code,
    });
  },
);

test.each([
  ['NS_ERROR_UNKNOWN_HOST', { reason: 'name-not-resolved', name: 'uccx1.example.com' }],
  ['NS_ERROR_CONNECTION_REFUSED', { reason: 'connection-refused' }],
  ['NS_ERROR_PROXY_GATEWAY_TIMEOUT', { reason: 'timed-out', stage: 'connect', afterMs: 1000 }],
  ['NS_ERROR_PROXY_BAD_GATEWAY', { reason: 'host-unreachable', code: 'NS_ERROR_PROXY_BAD_GATEWAY' }],
  ['NS_ERROR_UNEXPECTED', { reason: 'defect-in-uccert', message: 'unknown error (NS_ERROR_UNEXPECTED)' }],
  ['net::ERR_NAME_NOT_RESOLVED', { reason: 'name-not-resolved', name: 'uccx1.example.com' }],
  ['net::ERR_CONNECTION_REFUSED', { reason: 'connection-refused' }],
  ['net::ERR_CONNECTION_TIMED_OUT', { reason: 'timed-out', stage: 'connect', afterMs: 1000 }],
  ['net::ERR_ADDRESS_UNREACHABLE', { reason: 'host-unreachable', code: 'net::ERR_ADDRESS_UNREACHABLE' }],
])('%s is no word about a certificate', (code, failure) =>
  expect(stopOf(code.startsWith('NS_') ? new Error('unknown error') : thrownFor(code), url, 1000, code)).toEqual({
    failure,
  }),
);

test('a question who asks is no refusal: the browser has taken the certificate', () =>
  expect(stopOf(thrownFor('net::ERR_INVALID_AUTH_CREDENTIALS'), url, 1000)).toEqual({ asks: 'who' }));

test('a page that does not answer timed out; all else is ours', () => {
  const slow = new errors.TimeoutError('page.goto: Timeout 1000ms exceeded.');
  expect(stopOf(slow, url, 1000)).toEqual({ failure: { reason: 'timed-out', stage: 'page', afterMs: 1000 } });
  expect(stopOf(new Error('Page crashed'), url, 1000)).toEqual({
    failure: { reason: 'defect-in-uccert', message: 'Page crashed' },
  });
});
