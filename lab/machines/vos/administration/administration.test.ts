import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { X509Certificate as Certificate, X509Certificates } from '@peculiar/x509';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { WebClient, type WebAnswer } from '#tests/support/web-client.ts';
import { daysFrom, newKey } from '../../../authority.ts';
import { readRequest } from '../../../request.ts';
import type { VosMachine } from '../machine.ts';

const list = '/cmplatform/certificateFindList.do';

/** The token of a form, as clients find it. */
function tokenOf({ text }: WebAnswer): string {
  return /name="token"\s+value="([A-Z0-9]{32})"/.exec(text)?.[1] ?? '';
}

function statusOf({ text }: WebAnswer): readonly string[] {
  const box = /role="status">(.*?)<\/div>/s.exec(text)?.[1] ?? '';
  return [...box.matchAll(/<p>(.*?)<\/p>/gs)].map(([, line = '']) => line.trim().replaceAll('&quot;', '"'));
}

describe('OS Administration', () => {
  let up: TestLab;
  let machine: VosMachine;
  let web: WebClient;

  beforeAll(async () => {
    up = await startTestLab('127.102.0.0/16', { signed: true });
    machine = up.lab.machine('uccx1');
  });
  beforeEach(async () => {
    await up.lab.reset();
    web = clientOf(machine, 8443);
  });
  afterAll(() => up[Symbol.asyncDispose]());

  function clientOf(of: VosMachine, port: number): WebClient {
    const anchors = up.lab.authority.root.certificate.toString();
    return new WebClient({ place: of.port(port).place, fqdn: of.fqdn, anchors });
  }

  async function signIn(password = up.lab.administrator.password, from = web): Promise<WebAnswer> {
    return from.post('/cmplatform/j_security_check', {
      appNav: 'cmplatform',
      j_username: up.lab.administrator.user,
      j_password: password,
    });
  }

  /** Opens a page and sends its form. */
  async function send(path: string, fields: Readonly<Record<string, string>>, action = path): Promise<WebAnswer> {
    const token = tokenOf(await web.get(path));
    return web.post(action.replace(/\?.*$/, ''), { 'struts.token.name': 'token', token, ...fields });
  }

  async function upload(purpose: string, file: string | Buffer, name = 'file.pem'): Promise<readonly string[]> {
    const form = new FormData();
    form.set('struts.token.name', 'token');
    form.set('token', tokenOf(await web.get('/cmplatform/certificateUpload.do')));
    form.set('NAME', purpose);
    form.set('FILE', new File([new Uint8Array(Buffer.from(file))], name));
    return statusOf(await web.post('/cmplatform/certificateUpload.do', form));
  }

  test('asks at any page who it is, and leads to that page after the sign-in', async () => {
    const asked = await web.get('/cmplatform/certificateUpload.do');
    for (const part of ['name="appNav"', 'name="j_username"', 'name="j_password"', 'class="cuesLoginButton"']) {
      expect(asked.text).toContain(part);
    }
    // Clients press button.cuesLoginButton:nth-child(1).
    expect(asked.text).toMatch(/<div class="bar">\s*<button class="cuesLoginButton">/);
    expect((await signIn()).text).toContain('id="NAME"');
  });

  test('leads home where nothing was asked for, on 443 as on 8443', async () => {
    const other = clientOf(machine, 443);
    expect((await other.get('/cmplatform')).text).toContain('j_username');
    expect((await signIn(undefined, other)).text).toContain('uccx1.lab.example, version 12.5(1)SU3');
  });

  test('a wrong password shows the sign-in again; a page cannot be had without', async () => {
    expect(statusOf(await signIn('wrong'))).toEqual(['Log on failed. Check the user name and the password.']);
    expect((await web.get(list)).text).not.toContain('Certificate List');
  });

  test('five wrong passwords lock the account, also for the right one', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await signIn('wrong');
    expect(statusOf(await signIn('wrong'))[0]).toMatch(/^The account is locked/);
    expect(statusOf(await signIn())[0]).toMatch(/^The account is locked/);
  });

  test('the sign-in changes the session, and the sign-out ends it', async () => {
    const before = (await web.get('/cmplatform/')).headers['set-cookie']?.[0] ?? '';
    expect(before).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/cmplatform; Secure; HttpOnly$/);
    await signIn();
    expect((await web.get(list)).text).toContain('Certificate List');
    await web.get('/cmplatform/logout.do');
    expect((await web.get(list)).text).toContain('j_username');
  });

  test('a restart of Cisco Tomcat forgets who was signed in', async () => {
    await signIn();
    await machine.restartService('Cisco Tomcat');
    expect((await web.get(list)).text).toContain('j_username');
  });

  test('lists every certificate with what clients read', async () => {
    await signIn();
    const { text } = await web.get(list);
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
    const found = await web.get(`${list}?searchString0=issuing`);
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
    await signIn();
    const answer = await send('/cmplatform/certificateGenerateNewCsr.do', {
      NAME: 'tomcat',
      DISTRIBUTION: 'this-server',
      COMMONNAME: 'uccx1.lab.example',
      PARENTDOMAIN: 'lab.example',
      KEYLENGTH: '2048',
      HASHALGORITHM: 'SHA256',
      ...changes,
    });
    expect(statusOf(answer)).toEqual(['Success: Certificate Signing Request Generated']);
    const file = await send('/cmplatform/certificateDownloadNewCsr.do', { NAME: 'tomcat' });
    expect(file.headers['content-disposition']).toBe('attachment; filename="tomcat.csr"');
    expect(readRequest(file.text)).toMatchObject({ commonName, names });
  });

  test('an ECDSA request has an ECDSA key of the length that was chosen', async () => {
    await signIn();
    await send('/cmplatform/certificateGenerateNewCsr.do?NAME=tomcat-ECDSA', {
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
    await signIn();
    expect(statusOf(await send(path, fields))).toEqual([words]);
  });

  test('without a request there is none to download', async () => {
    await signIn();
    const page = await web.get('/cmplatform/certificateDownloadNewCsr.do');
    expect(statusOf(page)).toEqual(['No Certificate Signing Request is available for download']);
  });

  test('a form is taken once, and not without its token', async () => {
    await signIn();
    const path = '/cmplatform/certificateGenerateNewCsr.do';
    const token = tokenOf(await web.get(path));
    const fields = { 'struts.token.name': 'token', token, NAME: 'tomcat', PARENTDOMAIN: 'lab.example' };
    await web.post(path, fields);
    const first = machine.request;
    expect(statusOf(await web.post(path, fields))[0]).toMatch(/you may be trying too often/);
    expect(statusOf(await web.post(path, { NAME: 'tomcat' }))[0]).toMatch(/you may be trying too often/);
    expect(machine.request).toBe(first);
  });

  test('takes the reply to its request, and says what to restart', async () => {
    await signIn();
    const { pem } = await machine.newRequest();
    const reply = await up.lab.sign(pem);
    expect(await upload('tomcat', reply.toString())).toEqual([
      'Success: Certificate Uploaded',
      'Restart Cisco Tomcat Service using the CLI "utils service restart Cisco Tomcat"',
    ]);
    expect(machine.identity.certificate.fingerprint256).toBe(reply.fingerprint256);
  });

  test('takes a chain as PKCS #7 in DER, and not in PEM', async () => {
    await signIn();
    const reply = await up.lab.sign((await machine.newRequest()).pem);
    const { intermediate, root } = up.lab.authority;
    const chain = new X509Certificates(
      [root.certificate, intermediate.certificate, reply].map(({ raw }) => new Certificate(new Uint8Array(raw))),
    );
    expect(await upload('tomcat', chain.export('pem'), 'chain.p7b')).toEqual(['Error reading the certificate']);
    expect((await upload('tomcat', Buffer.from(chain.export('raw')), 'chain.p7b'))[0]).toBe(
      'Success: Certificate Uploaded',
    );
    expect(machine.identity.certificate.fingerprint256).toBe(reply.fingerprint256);
  });

  test('one certificate for both nodes reaches both', async () => {
    await signIn();
    const { pem } = await machine.newRequest(machine.units.tomcat, { distribution: 'multi-server' });
    const reply = await up.lab.sign(pem);
    expect((await upload('tomcat', reply.toString()))[0]).toBe('Success: Certificate Uploaded');
    expect(up.lab.machine('uccx2').identity.certificate.fingerprint256).toBe(reply.fingerprint256);
    expect(up.lab.machine('ccp1').identity.certificate.fingerprint256).not.toBe(reply.fingerprint256);
  });

  const refusals: readonly (readonly [string, (of: VosMachine) => Promise<string>, string])[] = [
    [
      'without a request',
      async (of) => (await up.lab.issueFor(of)).certificate.toString(),
      'File /usr/local/platform/.security/tomcat/keys/tomcat.csr Does Not Exist',
    ],
    [
      'over another key',
      async (of) => {
        await of.newRequest();
        return (await up.lab.issueFor(of)).certificate.toString();
      },
      'CSR Public Key and Certificate Public Key Do Not Match',
    ],
    [
      'with names nobody asked for',
      async (of) => {
        const { key, names } = await of.newRequest();
        return (await up.lab.issueFor(of, { key, names: [...names, 'www.uccx1.lab.example'] })).certificate.toString();
      },
      'CSR SAN and Certificate SAN does not match',
    ],
    [
      'whose issuer is not trusted',
      async (of) => {
        const reply = await up.lab.sign((await of.newRequest()).pem);
        of.trust.delete('Lab_Root_CA.pem');
        return reply.toString();
      },
      'CA Certificate is Not Available in the Trust-Store',
    ],
    [
      'that has expired',
      async (of) => {
        const { key } = await of.newRequest();
        return (
          await up.lab.issueFor(of, {
            key,
            notBefore: daysFrom(up.lab.now(), -9),
            notAfter: daysFrom(up.lab.now(), -1),
          })
        ).certificate.toString();
      },
      'The certificate has expired',
    ],
    [
      'that is two',
      (of) => Promise.resolve(`${of.identity.certificate.toString()}${of.identity.certificate.toString()}`),
      'Error reading the certificate',
    ],
    ['that is none', () => Promise.resolve('no certificate'), 'Error reading the certificate'],
    [
      'behind a byte order mark',
      (of) => Promise.resolve(`\uFEFF${of.identity.certificate.toString()}`),
      'Error reading the certificate',
    ],
  ];
  test.each(refusals)('refuses an identity %s', async (_what, make, words) => {
    await signIn();
    const pem = await make(machine);
    const before = machine.identity;
    expect(await upload('tomcat', pem)).toEqual([words]);
    expect(machine.identity).toBe(before);
  });

  test('names the difference on CUCM in its own words', async () => {
    const cucm = up.lab.machine('cucm1');
    web = clientOf(cucm, 8443);
    await signIn();
    const { key, names } = await cucm.newRequest();
    const { certificate } = await up.lab.issueFor(cucm, { key, names: [...names, 'www.lab.example'] });
    expect(await upload('tomcat', certificate.toString())).toEqual([
      'CSR Subject Alternate Name (SAN) and Certificate SAN Does Not Match',
    ]);
  });

  test('a trust store keeps the newer of two of one common name, and refuses what has expired or is short', async () => {
    await signIn();
    const ccp = up.lab.machine('ccp1');
    const issued = async (from: number, to: number, rsa = 2048): Promise<string> => {
      const changes = {
        notBefore: daysFrom(up.lab.now(), from),
        notAfter: daysFrom(up.lab.now(), to),
        key: await newKey({ rsa }),
      };
      return (await up.lab.issueFor(ccp, changes)).certificate.toString();
    };
    const newer = await issued(-5, 100);
    expect((await upload('tomcat-trust', newer))[0]).toBe('Success: Certificate Uploaded');
    expect((await upload('tomcat-trust', await issued(-50, 100)))[0]).toMatch(/keeps the newer certificate/);
    expect(machine.trust.get('ccp1.lab.example.pem')?.fingerprint256).toBe(new X509Certificate(newer).fingerprint256);
    expect(await upload('tomcat-trust', await issued(-9, -1))).toEqual(['The certificate has expired']);
    expect(await upload('tomcat-trust', await issued(-1, 100, 1024))).toEqual(['Error reading the certificate']);
  });

  const named = (store: string, file: string): string =>
    new URLSearchParams({ STORE: store, CERTIFICATE: file }).toString();

  test('shows a certificate, downloads it in both formats', async () => {
    await signIn();
    const shown = await web.get(`/cmplatform/certificateDetails.do?${named('tomcat', 'tomcat.pem')}`);
    expect(shown.text).toContain('Subject Name: L=San Jose');
    const pem = await web.get(`/cmplatform/certificateDownload.do?${named('tomcat', 'tomcat.pem')}&FORMAT=PEM`);
    const der = await web.get(`/cmplatform/certificateDownload.do?${named('tomcat', 'tomcat.pem')}&FORMAT=DER`);
    expect([pem, der].map(({ body }) => new X509Certificate(body).fingerprint256)).toEqual(
      Array(2).fill(machine.identity.certificate.fingerprint256),
    );
    expect(der.headers['content-disposition']).toBe('attachment; filename="tomcat.der"');
    const absent = await web.get(`/cmplatform/certificateDetails.do?${named('tomcat-trust', 'nobody.pem')}`);
    expect(statusOf(absent)).toEqual(['There is no such certificate']);
  });

  test('deletes a trusted certificate, regenerates an identity, and neither the other way round', async () => {
    await signIn();
    const details = (store: string, file: string): string => `/cmplatform/certificateDetails.do?${named(store, file)}`;
    const trusted = { STORE: 'tomcat-trust', CERTIFICATE: 'Lab_Root_CA.pem' };
    const own = { STORE: 'tomcat', CERTIFICATE: 'tomcat.pem' };
    const before = machine.identity;
    const wrong = await send(details('tomcat', 'tomcat.pem'), own, '/cmplatform/certificateDelete.do');
    expect(statusOf(wrong)).toEqual(['There is no such certificate']);
    expect(machine.identity).toBe(before);
    const gone = await send(details('tomcat-trust', 'Lab_Root_CA.pem'), trusted, '/cmplatform/certificateDelete.do');
    expect(statusOf(gone)[0]).toBe('Success: Certificate Deleted');
    expect(machine.trust.get('Lab_Root_CA.pem')).toBeUndefined();
    const made = await send(details('tomcat', 'tomcat.pem'), own, '/cmplatform/certificateRegenerate.do');
    expect(statusOf(made)[0]).toBe('Success: Certificate Regenerated');
    expect(machine.isSelfSigned).toBe(true);
  });

  test('generates a self-signed certificate with the key that was chosen', async () => {
    await signIn();
    const made = await send('/cmplatform/certificateGenerateSelfSigned.do', { NAME: 'tomcat', KEYLENGTH: '3072' });
    expect(statusOf(made)[0]).toBe('Success: Certificate Regenerated');
    expect(machine.identity.certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  test('what was typed comes back as text', async () => {
    await signIn();
    const { text } = await web.get(`${list}?searchString0=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)');
  });

  test('what is not there, or far too large, does no harm', async () => {
    await signIn();
    expect(statusOf(await web.get('/cmplatform/nothing.do'))).toEqual(['/cmplatform/nothing.do is not here']);
    const answer = await upload('tomcat', 'x'.repeat(2 ** 20 + 1)).catch(() => ['cut off']);
    expect(answer).not.toContain('Success: Certificate Uploaded');
    expect((await web.get(list)).text).toContain('Certificate List');
  });
});
