import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { OsAdministrator, statusOf } from '#tests/support/os-administration.ts';
import { readRequest } from '../../../request.ts';
import type { VosMachine } from '../machine.ts';

const list = '/cmplatform/certificateFindList.do';

describe('OS Administration', () => {
  let up: TestLab;
  let machine: VosMachine;
  let administrator: OsAdministrator;

  beforeAll(async () => {
    up = await startTestLab('127.102.0.0/16', { signed: true });
    machine = up.lab.vos('uccx1');
  });
  beforeEach(async () => {
    await up.lab.reset();
    administrator = new OsAdministrator(up.lab, machine, up.lab.authority.root.certificate.toString());
  });
  afterAll(() => up[Symbol.asyncDispose]());

  test('asks at any page who it is, and leads to that page after the sign-in', async () => {
    const asked = await administrator.web.get('/cmplatform/certificateUpload.do');
    for (const part of ['name="appNav"', 'name="j_username"', 'name="j_password"', 'class="cuesLoginButton"']) {
      expect(asked.text).toContain(part);
    }
    // Clients press button.cuesLoginButton:nth-child(1).
    expect(asked.text).toMatch(/<div class="bar">\s*<button class="cuesLoginButton">/);
    expect((await administrator.signIn()).text).toContain('id="NAME"');
  });

  test('leads home where nothing was asked for, on 443 as on 8443', async () => {
    const other = new OsAdministrator(up.lab, machine, up.lab.authority.root.certificate.toString(), 443);
    expect((await other.web.get('/cmplatform')).text).toContain('j_username');
    expect((await other.signIn()).text).toContain('uccx1.lab.example, version 12.5(1)SU3');
  });

  test('a wrong password shows the sign-in again; a page cannot be had without', async () => {
    expect(statusOf(await administrator.signIn('wrong'))).toEqual([
      'Log on failed. Check the user name and the password.',
    ]);
    expect((await administrator.web.get(list)).text).not.toContain('Certificate List');
  });

  test('five wrong passwords lock the account, also for the right one', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await administrator.signIn('wrong');
    expect(statusOf(await administrator.signIn('wrong'))[0]).toMatch(/^The account is locked/);
    expect(statusOf(await administrator.signIn())[0]).toMatch(/^The account is locked/);
  });

  test('the sign-in changes the session, and the sign-out ends it', async () => {
    const before = (await administrator.web.get('/cmplatform/')).headers['set-cookie']?.[0] ?? '';
    expect(before).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/cmplatform; Secure; HttpOnly$/);
    await administrator.signIn();
    expect((await administrator.web.get(list)).text).toContain('Certificate List');
    await administrator.web.get('/cmplatform/logout.do');
    expect((await administrator.web.get(list)).text).toContain('j_username');
  });

  test('a restart of Cisco Tomcat forgets who was signed in', async () => {
    await administrator.signIn();
    await machine.restartService('Cisco Tomcat');
    expect((await administrator.web.get(list)).text).toContain('j_username');
  });

  test('lists every certificate with what clients read', async () => {
    await administrator.signIn();
    const { text } = await administrator.web.get(list);
    const rows = [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]+>/g, '').trim()),
    );
    const cells = rows.filter((row) => row.length > 0).map((row) => row.slice(0, 7));
    expect(cells).toEqual([
      ['tomcat', 'uccx1.lab.example', 'Identity', 'CA-signed', 'RSA', 'uccx1', 'Lab Issuing CA'],
      ['ipsec', 'uccx1.lab.example', 'Identity', 'Self-signed', 'RSA', 'uccx1', 'uccx1.lab.example'],
      ['tomcat-ECDSA', 'uccx1-EC.lab.example', 'Identity', 'Self-signed', 'EC', 'uccx1', 'uccx1-EC.lab.example'],
      ['tomcat-trust', 'Lab Issuing CA', 'Trust', 'CA-signed', 'RSA', 'uccx1', 'Lab Root CA'],
      ['tomcat-trust', 'Lab Root CA', 'Trust', 'Self-signed', 'RSA', 'uccx1', 'Lab Root CA'],
    ]);
    expect(rows.at(-1)?.[7]).toMatch(/^\d{1,2}\/\d{1,2}\/\d{4}$/);
    const found = await administrator.web.get(`${list}?searchString0=issuing`);
    expect(found.text).toContain('1 records found');
  });

  test.each([
    ['as the page shows it', {}, 'uccx1.lab.example', ['lab.example', 'uccx1.lab.example']],
    ['without the parent domain: no names at all', { PARENTDOMAIN: '' }, 'uccx1.lab.example', []],
    [
      'with another domain',
      { OTHERDOMAINS: 'chat.example, www.example' },
      'uccx1.lab.example',
      ['lab.example', 'uccx1.lab.example', 'chat.example', 'www.example'],
    ],
    [
      'for both nodes',
      { DISTRIBUTION: 'multi-server', COMMONNAME: 'uccx1-ms.lab.example' },
      'uccx1-ms.lab.example',
      ['lab.example', 'uccx1.lab.example', 'uccx2.lab.example'],
    ],
  ])('generates a request %s', async (_what, changes, commonName, names) => {
    await administrator.signIn();
    const answer = await administrator.send('/cmplatform/certificateGenerateNewCsr.do', {
      NAME: 'tomcat',
      DISTRIBUTION: 'this-server',
      COMMONNAME: 'uccx1.lab.example',
      PARENTDOMAIN: 'lab.example',
      KEYLENGTH: '2048',
      HASHALGORITHM: 'SHA256',
      ...changes,
    });
    expect(statusOf(answer)).toEqual(['Success: Certificate Signing Request Generated']);
    const file = await administrator.send('/cmplatform/certificateDownloadNewCsr.do', { NAME: 'tomcat' });
    expect(file.headers['content-disposition']).toBe('attachment; filename="tomcat.csr"');
    expect(readRequest(file.text)).toMatchObject({ commonName, names });
  });

  test('an ECDSA request has an ECDSA key of the length that was chosen', async () => {
    await administrator.signIn();
    await administrator.send('/cmplatform/certificateGenerateNewCsr.do?NAME=tomcat-ECDSA', {
      NAME: 'tomcat-ECDSA',
      PARENTDOMAIN: 'lab.example',
      KEYLENGTH: '256',
      HASHALGORITHM: 'SHA384',
    });
    const { publicKey } = readRequest(machine.units.get('tomcat-ECDSA')!.request!.pem);
    expect(publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  test.each([
    ['/cmplatform/certificateGenerateNewCsr.do', { NAME: 'CallManager' }, 'There is no such certificate'],
    ['/cmplatform/certificateGenerateSelfSigned.do', { NAME: 'CallManager' }, 'There is no such certificate'],
    ['/cmplatform/certificateUpload.do', { NAME: 'tomcat' }, 'No file was selected'],
    ['/cmplatform/certificateUpload.do', { NAME: 'CallManager' }, 'There is no such certificate'],
  ])('%s refuses what this machine has not', async (path, fields, words) => {
    await administrator.signIn();
    expect(statusOf(await administrator.send(path, fields))).toEqual([words]);
  });

  test('without a request there is none to download', async () => {
    await administrator.signIn();
    const page = await administrator.web.get('/cmplatform/certificateDownloadNewCsr.do');
    expect(statusOf(page)).toEqual(['No Certificate Signing Request is available for download']);
  });

  test('a form is taken once, and not without its token', async () => {
    await administrator.signIn();
    const path = '/cmplatform/certificateGenerateNewCsr.do';
    const fields = { ...(await administrator.token(path)), NAME: 'tomcat', PARENTDOMAIN: 'lab.example' };
    await administrator.web.post(path, fields);
    const first = machine.request;
    expect(statusOf(await administrator.web.post(path, fields))[0]).toMatch(/you may be trying too often/);
    expect(statusOf(await administrator.web.post(path, { NAME: 'tomcat' }))[0]).toMatch(/you may be trying too often/);
    expect(machine.request).toBe(first);
  });

  const named = (store: string, file: string): string =>
    new URLSearchParams({ STORE: store, CERTIFICATE: file }).toString();

  test('shows a certificate, downloads it in both formats', async () => {
    await administrator.signIn();
    const shown = await administrator.web.get(`/cmplatform/certificateDetails.do?${named('tomcat', 'tomcat.pem')}`);
    expect(shown.text).toContain('Subject Name: L=San Jose');
    const pem = await administrator.web.get(
      `/cmplatform/certificateDownload.do?${named('tomcat', 'tomcat.pem')}&FORMAT=PEM`,
    );
    const der = await administrator.web.get(
      `/cmplatform/certificateDownload.do?${named('tomcat', 'tomcat.pem')}&FORMAT=DER`,
    );
    expect([pem, der].map(({ body }) => new X509Certificate(body).fingerprint256)).toEqual(
      Array(2).fill(machine.identity.certificate.fingerprint256),
    );
    expect(der.headers['content-disposition']).toBe('attachment; filename="tomcat.der"');
    const absent = await administrator.web.get(
      `/cmplatform/certificateDetails.do?${named('tomcat-trust', 'nobody.pem')}`,
    );
    expect(statusOf(absent)).toEqual(['There is no such certificate']);
  });

  test('deletes a trusted certificate, regenerates an identity, and neither the other way round', async () => {
    await administrator.signIn();
    const details = (store: string, file: string): string => `/cmplatform/certificateDetails.do?${named(store, file)}`;
    const trusted = { STORE: 'tomcat-trust', CERTIFICATE: 'Lab_Root_CA.pem' };
    const own = { STORE: 'tomcat', CERTIFICATE: 'tomcat.pem' };
    const before = machine.identity;
    const wrong = await administrator.send(details('tomcat', 'tomcat.pem'), own, '/cmplatform/certificateDelete.do');
    expect(statusOf(wrong)).toEqual(['There is no such certificate']);
    expect(machine.identity).toBe(before);
    const gone = await administrator.send(
      details('tomcat-trust', 'Lab_Root_CA.pem'),
      trusted,
      '/cmplatform/certificateDelete.do',
    );
    expect(statusOf(gone)[0]).toBe('Success: Certificate Deleted');
    expect(machine.trust.get('Lab_Root_CA.pem')).toBeUndefined();
    const made = await administrator.send(details('tomcat', 'tomcat.pem'), own, '/cmplatform/certificateRegenerate.do');
    expect(statusOf(made)[0]).toBe('Success: Certificate Regenerated');
    expect(machine.isSelfSigned).toBe(true);
  });

  test('generates a self-signed certificate with the key that was chosen', async () => {
    await administrator.signIn();
    const made = await administrator.send('/cmplatform/certificateGenerateSelfSigned.do', {
      NAME: 'tomcat',
      KEYLENGTH: '3072',
    });
    expect(statusOf(made)[0]).toBe('Success: Certificate Regenerated');
    expect(machine.identity.certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  test('what was typed comes back as text', async () => {
    await administrator.signIn();
    const { text } = await administrator.web.get(
      `${list}?searchString0=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)');
  });

  test('what is not there, or far too large, does no harm', async () => {
    await administrator.signIn();
    expect(statusOf(await administrator.web.get('/cmplatform/nothing.do'))).toEqual([
      '/cmplatform/nothing.do is not here',
    ]);
    const answer = await administrator.upload('tomcat', 'x'.repeat(2 ** 20 + 1)).catch(() => ['cut off']);
    expect(answer).not.toContain('Success: Certificate Uploaded');
    expect((await administrator.web.get(list)).text).toContain('Certificate List');
  });
});
