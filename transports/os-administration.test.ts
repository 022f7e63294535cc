import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProbeError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import { browserFile } from '#browsers/browser-file.ts';
import { authority, certificate } from '#tests/support/certificates.ts';
import { readPages, requestWithoutNames, type PageAccess } from './os-administration.ts';
import type { HttpLimits } from './verified-https.ts';

/** Servers that are not what they say: the password goes to none of them, and none of them is followed elsewhere. */
const year = 365 * 86_400_000;
const valid = { notBefore: new Date(Date.now() - year), notAfter: new Date(Date.now() + year) };
const name = 'uccx1.example.com';
const root = authority('Root CA', valid);
const own = certificate({ ...valid, commonName: name, issuer: root });
const limits = { connectMs: 500, ms: 2000, octets: 64 * 1024 };
const password = 'a-canary-password';
const browser = browserFile('chromium');

let server: Server | undefined;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'uccert-test-'));
});
afterEach(() => {
  server?.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

type Page = (request: IncomingMessage, response: ServerResponse) => void;

type Visit = (access: PageAccess, limits: HttpLimits) => Promise<unknown>;

/** What a visit ends with, and all that the server was sent. */
async function visiting(
  page: Page,
  { visit = readPages, anchors = [root.der] }: { visit?: Visit; anchors?: readonly Uint8Array[] } = {},
): Promise<{ end: unknown; sent: string }> {
  let sent = '';
  const served = createTlsServer(
    { key: own.key.privateKey?.export({ type: 'pkcs8', format: 'pem' }) ?? '', cert: toPem(own.der) },
    (request, response) => {
      sent += `${request.method ?? ''} ${request.url ?? ''}\n`;
      request.on('data', (part: Buffer) => (sent += part.toString())).on('end', () => page(request, response));
    },
  );
  return { end: await endAt(served, visit, { anchors }), sent };
}

async function endAt(listening: Server, visit: Visit, known: Partial<PageAccess>): Promise<unknown> {
  server = listening.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const place = { host: '127.0.0.1', port, serverName: name, anchors: [root.der], pinned: [] };
  const access = { ...place, user: 'administrator', password, browser, home, ...known };
  return visit(access, limits).catch((error: unknown) => (error instanceof ProbeError ? error.failure : error));
}

const html =
  (text: string): Page =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  };
const signIn = (action: string): string =>
  `<form method=post action="${action}"><input name=j_username><input name=j_password type=password><button>Login</button></form>`;

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
    const { end, sent } = await visiting(page, anchors === undefined ? {} : { anchors });
    expect(end).toMatchObject(reason);
    expect(sent).not.toContain(password);
  });

  test('a server of another name', async () => {
    const served = createTlsServer(
      { key: own.key.privateKey?.export({ type: 'pkcs8', format: 'pem' }) ?? '', cert: toPem(own.der) },
      () => expect.unreachable('it was asked'),
    );
    expect(await endAt(served, readPages, { serverName: 'uccx2.example.com' })).toEqual({
      reason: 'not-verified',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('a server that never speaks TLS is given up on', async () => {
    expect(await endAt(createServer(), readPages, {})).toEqual({
      reason: 'timed-out',
      stage: 'connect',
      afterMs: limits.connectMs,
    });
  });
});

test('a sign-in that is asked for again was refused, and is not tried again', async () => {
  const { end, sent } = await visiting(html(signIn('/cmplatform/j_security_check')));
  expect(end).toEqual({ reason: 'not-authorised', as: 'administrator' });
  expect(sent.split(password)).toHaveLength(2);
});

/** Pages whose scripts open windows, ask again and build what is sent: old administration pages do. */
const token = '<input type=hidden name=token value=once>';
const scripted: Readonly<Record<string, string>> = {
  'certificateFindList.do': `<table><tr><td><table>
      <tr><th>Certificate</th><th>Common Name</th></tr>
      <tr><td>tomcat</td><td><a href="javascript:window.open('details.do?of=tomcat')">own</a></td></tr>
      <tr><td>tomcat-trust</td><td><a href="javascript:location.assign('details.do?of=root')">root</a></td></tr>
    </table></td></tr></table>
    <input type=button value="Generate CSR" onclick="window.open('request.do')">`,
  'details.do': `<input type=button value="Download .PEM File" onclick="location.href = 'file.do' + location.search">`,
  'certificateDownloadNewCsr.do': '<p>No request waits.</p>',
  'request.do': `<form method=post action=request.do onsubmit="return confirm('Replace the request that waits?')">${token}<table>
      <tr><td>Certificate Purpose</td><td><select name=NAME onchange="this.form.token.value='again'">
        <option>ipsec</option><option>tomcat</option></select></td></tr>
      <tr><td>Parent Domain</td><td><input name=PARENTDOMAIN value="example.com"></td></tr>
      <tr><td>Key Length</td><td><select name=KEYLENGTH><option>1024</option><option>2048</option></select></td></tr>
    </table><input type=submit value="Generate"></form>`,
};

describe('pages whose scripts open windows, ask again and change what is sent', () => {
  const served: Page = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://machine.invalid');
    const of = { tomcat: own.der, root: root.der }[searchParams.get('of') ?? ''];
    const page = pathname.split('/').at(-1) ?? '';
    if (page === 'file.do' && of !== undefined)
      response.writeHead(200, { 'content-disposition': 'attachment; filename="it.pem"' }).end(toPem(of));
    else html(scripted[page] ?? '')(request, response);
  };

  test('certificates are read', async () => {
    const { end } = await visiting(served);
    expect(end).toEqual({
      identities: new Map([['tomcat', { certificate: own.der, request: null }]]),
      trust: new Map([['tomcat-trust', [{ name: 'it.pem', der: root.der }]]]),
    });
  });

  test('a request without names is made', async () => {
    const { sent } = await visiting(served, {
      visit: async (access) => requestWithoutNames(access, 'tomcat', limits),
    });
    expect(sent).toContain('token=again&NAME=tomcat&PARENTDOMAIN=&KEYLENGTH=2048');
  });
});
