import { errors } from '@playwright/test';
import { expect, test } from 'vitest';
import { stopOf } from './failure.ts';

const url = 'https://uccx1.example.com:8445/desktop';
const thrownFor = (code: string): Error => new Error(`page.goto: ${code} at ${url}\nCall log:\n  - navigating`);

test.each(['net::ERR_CERT_DATE_INVALID', 'net::ERR_CERT_AUTHORITY_INVALID', 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH'])(
  '%s is a refusal',
  (code) => expect(stopOf(thrownFor(code), url, 1000)).toEqual({ refused: code }),
);

test.each([
  ['net::ERR_NAME_NOT_RESOLVED', { reason: 'name-not-resolved', name: 'uccx1.example.com' }],
  ['net::ERR_CONNECTION_REFUSED', { reason: 'connection-refused' }],
  ['net::ERR_CONNECTION_TIMED_OUT', { reason: 'timed-out', stage: 'connect', afterMs: 1000 }],
  ['net::ERR_ADDRESS_UNREACHABLE', { reason: 'host-unreachable', code: 'net::ERR_ADDRESS_UNREACHABLE' }],
])('%s is no word about a certificate', (code, failure) =>
  expect(stopOf(thrownFor(code), url, 1000)).toEqual({ failure }),
);

test('a question who asks is no refusal: the browser has taken the certificate', () =>
  expect(stopOf(thrownFor('net::ERR_INVALID_AUTH_CREDENTIALS'), url, 1000)).toEqual({ asks: 'who' }));

test('a page that does not answer timed out; all else is ours', () => {
  const slow = new errors.TimeoutError('page.goto: Timeout 1000ms exceeded.');
  expect(stopOf(slow, url, 1000)).toEqual({ failure: { reason: 'timed-out', stage: 'dialogue', afterMs: 1000 } });
  expect(stopOf(new Error('Page crashed'), url, 1000)).toEqual({
    failure: { reason: 'defect-in-uccert', message: 'Page crashed' },
  });
});
