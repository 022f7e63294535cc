import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { X509Certificates } from '@peculiar/x509';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { basic, WebClient } from '#tests/support/web-client.ts';
import { clientAuthentication, serverAuthentication } from '../../authority.ts';
import { namesOf } from '../../request.ts';
import { usualCaManners } from './certification-authority.ts';

const network = '127.101.0.0/16';

describe('web enrolment', () => {
  let up: TestLab;
  let web: WebClient;
  let request: string;

  beforeAll(async () => {
    up = await startTestLab(network, { signed: true, windowsCa: {} });
    request = (await up.lab.vos('uccx1').newRequest()).pem;
  });
  beforeEach(() => {
    const { administrator, authority, windowsCa } = up.lab;
    const anchors = authority.root.certificate.toString();
    windowsCa.reset({});
    web = new WebClient({ place: windowsCa.place, fqdn: windowsCa.fqdn, anchors });
    web.authorization = basic(`LAB\\${administrator.user}`, administrator.password);
  });
  afterAll(() => up[Symbol.asyncDispose]());

  /** The form as certsrv of Python and curl scripts send it. */
  async function submit(template: string, pem = request): Promise<string> {
    const answer = await web.post('/certsrv/certfnsh.asp', {
      Mode: 'newreq',
      CertRequest: pem,
      CertAttrib: template === '' ? '' : `CertificateTemplate:${template}\r\n`,
      FriendlyType: 'Saved-Request Certificate',
      TargetStoreFlags: '0',
      SaveCert: 'yes',
    });
    return answer.text;
  }

  const disposition = (text: string): string | undefined => /The disposition message is "([^"]+)/.exec(text)?.[1];

  test('asks who it is, and lets nobody else in', async () => {
    web.authorization = null;
    const refused = await web.get('/certsrv/');
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'NTLM, Basic realm="ca1.lab.example"']);
    web.authorization = basic('administrator', 'wrong');
    expect((await web.get('/certsrv/')).status).toBe(401);
  });

  test('five wrong passwords lock the account', async () => {
    const right = web.authorization;
    web.authorization = basic('administrator', 'wrong');
    for (let attempt = 0; attempt < 5; attempt += 1) await web.get('/certsrv/');
    web.authorization = right;
    expect((await web.get('/certsrv/')).status).toBe(401);
  });

  test.each([
    ['/certsrv/', 'Request a certificate'],
    ['/certsrv/certrqus.asp', 'advanced certificate request'],
    ['/certsrv/certrqad.asp', 'Submit a certificate request by using a base-64-encoded CMC or PKCS #10 file'],
    ['/certsrv/certrqxt.asp', 'Value="E;ClientServer;'],
    ['/certsrv/certcarc.asp', 'var nRenewals=0;'],
    ['/certsrv/certckpn.asp', 'You have no pending certificate requests.'],
  ])('%s shows what clients look for', async (path, text) => {
    expect((await web.get(path)).text).toContain(text);
  });

  test('what is not there is not there', async () => {
    expect((await web.get('/certsrv/mscep/')).status).toBe(404);
  });

  test.each([
    ['WebServer', [serverAuthentication]],
    ['ClientServer', [serverAuthentication, clientAuthentication]],
  ])('the template %s writes its purposes', async (template, purposes) => {
    const text = await submit(template);
    const id = /certnew.cer\?ReqID=(\d+)&/.exec(text)?.[1] ?? '';
    const answer = await web.get(`/certsrv/certnew.cer?ReqID=${id}&Enc=b64`);
    expect(answer.headers['content-type']).toBe('application/pkix-cert');
    const certificate = new X509Certificate(answer.body);
    expect(certificate.keyUsage).toEqual(purposes);
    expect(namesOf(certificate)).toEqual(['lab.example', 'uccx1.lab.example']);
    expect(certificate.checkIssued(up.lab.authority.intermediate.certificate)).toBe(true);
    const inDer = await web.get(`/certsrv/certnew.cer?ReqID=${id}&Enc=bin`);
    expect(new X509Certificate(inDer.body).fingerprint256).toBe(certificate.fingerprint256);
  });

  test('the chain comes as PKCS #7, in both encodings', async () => {
    await submit('WebServer');
    const subjects = (certificates: X509Certificates): string[] =>
      [...certificates].map(({ subjectName }) => subjectName.getField('CN')[0] ?? '');
    const own = await web.get('/certsrv/certnew.p7b?ReqID=1&Enc=bin');
    expect(own.headers['content-type']).toBe('application/x-pkcs7-certificates');
    expect(subjects(new X509Certificates(new Uint8Array(own.body)))).toEqual([
      'uccx1.lab.example',
      'Lab Issuing CA',
      'Lab Root CA',
    ]);
    const above = await web.get('/certsrv/certnew.p7b?ReqID=CACert&Renewal=0&Enc=b64');
    expect(above.text).toMatch(/^-----BEGIN CERTIFICATE-----\r\n/);
    const der = Buffer.from(above.text.replace(/-----.*-----/g, ''), 'base64');
    expect(subjects(new X509Certificates(new Uint8Array(der)))).toEqual(['Lab Issuing CA', 'Lab Root CA']);
  });

  test.each([
    ['no template', '', undefined, /^Denied by Policy Module  0x80094801, /],
    [
      'a template it does not have',
      'NotATemplate',
      undefined,
      /^Denied by Policy Module  0x80094800, The request was for a certificate template that is not supported by the Active Directory Certificate Services policy: NotATemplate\./,
    ],
    ['something that is no request', 'WebServer', 'NotACsr', /^Error Parsing Request  /],
  ])('denies %s', async (_what, template, pem, message) => {
    const text = await submit(template, pem);
    expect(text).toContain('Certificate Request Denied');
    expect(disposition(text)).toMatch(message);
    expect((await web.get('/certsrv/certnew.cer?ReqID=1&Enc=b64')).text).toMatch(
      /Disposition message:[^\t]+\t\t([^\r\n]+)/,
    );
  });

  test('what a person puts into the request is shown as text', async () => {
    expect(disposition(await submit('<script>alert(1)</script>'))).toContain('&lt;script&gt;');
  });

  test('denies a request whose signature is another key’s', async () => {
    const der = Buffer.from(request.replace(/-----.*-----/g, ''), 'base64');
    der[der.length - 5] = (der.at(-5) ?? 0) ^ 1;
    expect(disposition(await submit('WebServer', der.toString('base64')))).toMatch(
      /^Error Verifying Request Signature/,
    );
  });

  test('one that adds www. names adds them', async () => {
    up.lab.windowsCa.ca.manners = { ...usualCaManners, addsWww: true };
    await submit('WebServer');
    const { body } = await web.get('/certsrv/certnew.cer?ReqID=1&Enc=bin');
    expect(namesOf(new X509Certificate(body))).toEqual(['lab.example', 'uccx1.lab.example', 'www.uccx1.lab.example']);
  });

  test('a slow one lets requests wait, then issues them', async () => {
    up.lab.windowsCa.ca.manners = { ...usualCaManners, issuesAfterMilliseconds: 60 };
    const text = await submit('WebServer');
    expect(text).toContain('Certificate Pending');
    expect(/Your Request Id is (\d+)\./.exec(text)?.[1]).toBe('1');
    expect((await web.get('/certsrv/certnew.cer?ReqID=1&Enc=b64')).text).toContain('Taken Under Submission');
    await expect
      .poll(async () => (await web.get('/certsrv/certnew.cer?ReqID=1&Enc=b64')).headers['content-type'])
      .toBe('application/pkix-cert');
    const status = await web.post('/certsrv/certfnsh.asp', { Mode: 'chkpnd', ReqID: '1' });
    expect(status.text).toContain('Certificate Issued');
  });
});

test('a lab as installed gets a CA of its own, and writes its root for the operator', async () => {
  await using up = await startTestLab(network, { windowsCa: { addsWww: true }, portMap: true });
  const { windowsCa } = up.lab;
  expect(windowsCa.ca.manners.addsWww).toBe(true);
  const anchors = windowsCa.ca.authority.root.certificate.toString();
  const web = new WebClient({ place: windowsCa.place, fqdn: windowsCa.fqdn, anchors });
  expect((await web.get('/certsrv/')).status).toBe(401);
  expect(up.lab.status.windowsCa?.fqdn).toBe('ca1.lab.example');
});

test('a lab without one says so', async () => {
  await using up = await startTestLab(network, { portMap: true });
  expect(() => up.lab.windowsCa).toThrow(/no Windows CA/);
  expect(up.lab.status.windowsCa).toBeNull();
});
