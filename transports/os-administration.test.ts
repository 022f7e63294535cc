import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ProbeError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import { authority, certificate } from '#tests/support/certificates.ts';
import { readPages } from './os-administration.ts';

/** Servers that are not what they say: the password goes to none of them, and none of them is followed elsewhere. */
const year = 365 * 86_400_000;
const valid = { notBefore: new Date(Date.now() - year), notAfter: new Date(Date.now() + year) };
const name = 'uccx1.example.com';
const root = authority('Root CA', valid);
const own = certificate({ ...valid, commonName: name, issuer: root });
const limits = { connectMs: 500, ms: 2000, octets: 64 * 1024 };
const password = 'a-canary-password';

let server: Server | undefined;
afterEach(() => server?.close());

type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** What reading ends with, and all that the server was sent. */
async function reading(page: Page, anchors = [root.der]): Promise<{ failure: unknown; sent: string }> {
  let sent = '';
  const served = createTlsServer(
    { key: own.key.privateKey?.export({ type: 'pkcs8', format: 'pem' }) ?? '', cert: toPem(own.der) },
    (request, response) => {
      sent += `${request.method ?? ''} ${request.url ?? ''}\n`;
      request.on('data', (part: Buffer) => (sent += part.toString())).on('end', () => page(request, response));
    },
  );
  return { failure: await failureAt(served, anchors), sent };
}

async function failureAt(listening: Server, anchors: readonly Uint8Array[], serverName = name): Promise<unknown> {
  server = listening.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const access = { host: '127.0.0.1', port, serverName, anchors, pinned: [], user: 'administrator', password };
  return readPages(access, limits).catch((error: unknown) => (error instanceof ProbeError ? error.failure : error));
}

const html =
  (text: string): Page =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  };
const signIn = (action: string): string =>
  `<form method=post action="${action}"><input name=j_username><input name=j_password type=password></form>`;

describe('before the password', () => {
  test.each<[what: string, page: Page, reason: object, anchors?: Uint8Array[]]>([
    [
      'a server whose path ends in another anchor',
      html(signIn('/cmplatform/j_security_check')),
      { reason: 'not-verified', code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
      [authority('Other CA', valid).der],
    ],
    [
      'a form that goes to another server',
      html(signIn('https://elsewhere.example.com/cmplatform/')),
      { reason: 'unexpected-answer' },
    ],
    ['a form that leads out of OS Administration', html(signIn('/steal')), { reason: 'unexpected-answer' }],
    [
      'a redirect to another server',
      (_request, response) => response.writeHead(302, { location: 'https://elsewhere.example.com/' }).end(),
      { reason: 'unexpected-answer' },
    ],
    [
      'a redirect to plain HTTP',
      (_request, response) => response.writeHead(302, { location: `http://${name}/cmplatform/` }).end(),
      { reason: 'unexpected-answer' },
    ],
    [
      'redirects without an end',
      ({ url = '' }, response) => response.writeHead(302, { location: `${url}x` }).end(),
      { reason: 'unexpected-answer', answer: 'redirects without an end' },
    ],
    ['an error', (_request, response) => response.writeHead(500).end(), { answer: 'status 500' }],
    ['a page without a list', html('<p>Welcome</p>'), { answer: 'a page without a list of certificates' }],
    ['a page without an end', html('x'.repeat(100_000)), { reason: 'limit-exceeded' }],
  ])('%s', async (_, page, reason, anchors) => {
    const { failure, sent } = await reading(
      page,
      anchors?.map((der) => Buffer.from(der)),
    );
    expect(failure).toMatchObject(reason);
    expect(sent).not.toContain(password);
  });

  test('a server of another name', async () => {
    const served = createTlsServer(
      { key: own.key.privateKey?.export({ type: 'pkcs8', format: 'pem' }) ?? '', cert: toPem(own.der) },
      () => expect.unreachable('it was asked'),
    );
    expect(await failureAt(served, [root.der], 'uccx2.example.com')).toEqual({
      reason: 'not-verified',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('a server that never speaks TLS is given up on', async () => {
    expect(await failureAt(createServer(), [root.der])).toEqual({
      reason: 'timed-out',
      stage: 'connect',
      afterMs: limits.connectMs,
    });
  });
});

test('a sign-in that is asked for again was refused, and is not tried again', async () => {
  const { failure, sent } = await reading(html(signIn('/cmplatform/j_security_check')));
  expect(failure).toEqual({ reason: 'not-authorised', as: 'administrator' });
  expect(sent.split(password)).toHaveLength(2);
});
