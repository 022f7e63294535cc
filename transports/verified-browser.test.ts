import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toPem } from '#model/pem.ts';
import { browserFile } from '#browsers/browser-file.ts';
import { authority, certificate } from '#tests/support/certificates.ts';
import { VerifiedBrowser } from './verified-browser.ts';

const year = 365 * 86_400_000;
const valid = { notBefore: new Date(Date.now() - year), notAfter: new Date(Date.now() + year) };
const name = 'uccx1.example.com';
const root = authority('Root CA', valid);
const own = certificate({ ...valid, commonName: name, issuer: root });
const limits = { connectMs: 2000, ms: 10_000, octets: 64 * 1024 };

/** All the ways of a page to somebody else. `done.do` is asked for when each has failed. */
const reachingOut = (elsewhere: string): string => `<!doctype html>
  <link rel="preconnect" href="https://${elsewhere}">
  <link rel="stylesheet" href="https://${elsewhere}/style.css">
  <img src="https://${elsewhere}/picture.png"><img src="/outside.png"><img src="inside.png">
  <iframe src="https://${elsewhere}/frame"></iframe>
  <form method="post" action="https://${elsewhere}/form" target="_blank"><input name="what" value="taken"></form>
  <script>
    const ends = (thing) => new Promise((resolve) => { thing.onerror = resolve; thing.onclose = resolve; });
    navigator.sendBeacon('https://${elsewhere}/beacon', 'taken');
    Promise.all([
      fetch('https://${elsewhere}/fetch', { mode: 'no-cors' }).catch(() => null),
      ends(new WebSocket('wss://${elsewhere}/socket')),
      ends(new EventSource('https://${elsewhere}/events')),
      new Promise((resolve) => window.addEventListener('load', resolve)),
    ]).then(() => fetch('done.do'));
  </script>`;

/** A server on loopback that proves itself, and a browser for its pages. */
async function visit(
  answer: (url: string, cookie: string | undefined) => string,
  use: (browser: VerifiedBrowser) => Promise<void>,
): Promise<void> {
  const server = createTlsServer(
    { key: own.key.privateKey?.export({ type: 'pkcs8', format: 'pem' }) ?? '', cert: toPem(own.der) },
    ({ url = '', headers }, response) => {
      response.writeHead(200, {
        'content-type': 'text/html',
        'set-cookie': 'session=secret; Path=/cmplatform; HttpOnly',
      });
      response.end(answer(url, headers.cookie));
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const home = mkdtempSync(join(tmpdir(), 'uccert-test-'));
  const place = { host: '127.0.0.1', port, serverName: name, anchors: [root.der], pinned: [], folder: '/cmplatform/' };
  try {
    await using browser = await VerifiedBrowser.start({ ...place, browser: browserFile('chromium'), home }, limits);
    await use(browser);
  } finally {
    server.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

test('a page reaches its own server and nobody else, and the cookie stays in its folder', async () => {
  let others = 0;
  const other = createServer((socket) => {
    others += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const elsewhere = `127.0.0.1:${String((other.address() as AddressInfo).port)}`;
  const asked = new Map<string, string | undefined>();
  const done = Promise.withResolvers<undefined>();
  const answer = (url: string, cookie: string | undefined): string => {
    asked.set(url, cookie);
    if (url.endsWith('done.do')) done.resolve(undefined);
    return url.endsWith('page.do') ? reachingOut(elsewhere) : '';
  };
  try {
    await visit(answer, async (browser) => {
      const page = browser.firstPage;
      await browser.open(page, '/cmplatform/page.do');
      await browser.during(done.promise);
      expect(others).toBe(0);
      expect(Object.fromEntries(asked)).toEqual({
        '/cmplatform/page.do': undefined,
        '/cmplatform/inside.png': 'session=secret',
        '/outside.png': undefined,
        '/cmplatform/done.do': 'session=secret',
      });
      await expect(
        browser.onwardsAnywhere(page, async () =>
          page.locator('form').evaluate((form: HTMLFormElement) => form.submit()),
        ),
      ).rejects.toMatchObject({ failure: { reason: 'unexpected-answer' } });
      expect(others).toBe(0);
    });
  } finally {
    other.close();
  }
});

test('a browser that ends meanwhile is said to have ended', async () => {
  await visit(
    () => '<title>Platform</title>',
    async (browser) => {
      const page = browser.firstPage;
      await browser.open(page, '/cmplatform/page.do');
      const control = await page.context().newCDPSession(page);
      await expect(browser.onwards(page, async () => control.send('Browser.close'))).rejects.toMatchObject({
        name: 'BrowserUnavailable',
        message: expect.stringContaining('ended while a page was open') as string,
      });
    },
  );
});
