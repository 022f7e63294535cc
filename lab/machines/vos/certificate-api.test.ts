import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { basic, WebClient, type WebAnswer } from '#tests/support/web-client.ts';
import { daysFrom } from '../../authority.ts';
import { readRequest } from '../../request.ts';
import type { VosMachine } from './machine.ts';

const prefix = '/platformcom/api/v1/certmgr/config';

function jsonOf({ text }: WebAnswer): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

describe('the certificate API', () => {
  let up: TestLab;
  let machine: VosMachine;
  let web: WebClient;

  beforeAll(async () => {
    up = await startTestLab('127.103.0.0/16', { signed: true });
    machine = up.lab.vos('cucm1');
  });
  beforeEach(async () => {
    await up.lab.reset();
    machine.release = '14.0(1)';
    web = clientOf(machine);
  });
  afterAll(() => up[Symbol.asyncDispose]());

  function clientOf(of: VosMachine): WebClient {
    const anchors = up.lab.authority.root.certificate.toString();
    const client = new WebClient({ place: of.port(443).place, fqdn: of.fqdn, anchors });
    client.authorization = basic(up.lab.administrator.user, up.lab.administrator.password);
    return client;
  }

  test('asks who it is, in the realm of the platform', async () => {
    web.authorization = basic(up.lab.administrator.user, 'wrong');
    const { status, headers } = await web.get(`${prefix}/snapshot/server`);
    expect([status, headers['www-authenticate']]).toEqual([401, 'Basic realm="CMPlatform Realm"']);
  });

  test('is not there before release 14, nor on machines of a contact centre', async () => {
    machine.release = '12.5(1)SU3';
    expect((await web.get(`${prefix}/snapshot/server`)).status).toBe(404);
    const uccx = up.lab.vos('uccx1');
    uccx.release = '15.0(1)';
    expect((await clientOf(uccx).get(`${prefix}/snapshot/server`)).status).toBe(404);
  });

  test('shows all identities and stores', async () => {
    await machine.newRequest();
    const body = jsonOf(await web.get(`${prefix}/snapshot/server`));
    expect(body).toMatchObject({ server: 'cucm1.lab.example', revokedCertificates: [] });
    const identities = body['identities'] as { service: string; certificate: string; csr?: string }[];
    expect(identities.map(({ service }) => service)).toEqual([
      'tomcat',
      'ipsec',
      'tomcat-ECDSA',
      'CallManager',
      'CallManager-ECDSA',
      'CAPF',
      'TVS',
      'ITLRecovery',
    ]);
    expect(identities[0]?.certificate).toBe(machine.identity.certificate.toString());
    expect(identities[0]?.csr).toBe(machine.request?.pem);
    const trusts = body['trusts'] as { service: string; certificate_data: { filename: string }[] }[];
    expect(trusts.map(({ service }) => service)).toContain('CallManager');
    expect(trusts[0]?.certificate_data.map(({ filename }) => filename)).toEqual([
      'Lab_Issuing_CA.pem',
      'Lab_Root_CA.pem',
    ]);
    expect(jsonOf(await web.get(`${prefix}/options`))['distributions']).toEqual(['this-server']);
  });

  const wish = { service: 'tomcat', distribution: 'this-server', commonName: 'cucm1.lab.example' };

  test.each([
    ['the least that clients send', {}, ['lab.example', 'cucm1.lab.example']],
    [
      'further names',
      { altNames: ['axl.lab.example'], keyType: 'rsa', keyLength: 3072, hashAlgorithm: 'sha256' },
      ['lab.example', 'cucm1.lab.example', 'axl.lab.example'],
    ],
  ])('makes a request from %s', async (_what, more, names) => {
    const answer = await web.postJson(`${prefix}/csr`, { ...wish, ...more });
    expect(answer.status).toBe(200);
    expect(readRequest(String(jsonOf(answer)['csr']))).toMatchObject({ commonName: 'cucm1.lab.example', names });
  });

  test.each([
    ['no JSON', '/csr', '{', 'The body is not JSON'],
    ['a body without its fields', '/csr', {}, /service/],
    ['another unit', '/csr', { ...wish, service: 'finesse' }, 'Invalid service: finesse'],
    ['an EC key for an RSA unit', '/csr', { ...wish, keyType: 'ec', keyLength: 384 }, 'Invalid keyType for tomcat'],
    ['a length of the other kind', '/csr', { ...wish, keyLength: 384 }, 'Invalid keyLength for tomcat'],
    ['another store', '/trust/certificates', { service: ['finesse'], certificates: ['x'] }, 'Invalid service: finesse'],
    [
      'what is no certificate',
      '/trust/certificates',
      { service: ['tomcat'], certificates: ['x'] },
      'Error reading the certificate',
    ],
    [
      'what is no identity',
      '/identity/certificates',
      { service: 'tomcat', certificates: ['x'] },
      'Error reading the certificate',
    ],
    [
      'a service in a list where one is wanted',
      '/identity/certificates',
      { service: ['tomcat'], certificates: ['x'] },
      /service/,
    ],
  ])('refuses %s', async (_what, path, body, message) => {
    const answer = await web.postJson(`${prefix}${path}`, body);
    expect([answer.status, jsonOf(answer)['message']]).toEqual([400, expect.stringMatching(message)]);
  });

  test('refuses an identity without its request, and whose issuers are not trusted', async () => {
    const { csr } = jsonOf(await web.postJson(`${prefix}/csr`, wish)) as { csr: string };
    const reply = (await up.lab.sign(csr)).toString();
    machine.trust.delete('Lab_Issuing_CA.pem');
    const { intermediate, root } = up.lab.authority;
    const chain = [reply, ...[intermediate, root].map(({ certificate }) => certificate.toString())];
    const untrusted = await web.postJson(`${prefix}/identity/certificates`, { service: 'tomcat', certificates: chain });
    expect([untrusted.status, jsonOf(untrusted)['message']]).toEqual([
      400,
      'CA Certificate is Not Available in the Trust-Store',
    ]);
    const other = await web.postJson(`${prefix}/identity/certificates`, {
      service: 'CallManager',
      certificates: [reply],
    });
    expect(jsonOf(other)['message']).toBe(
      'File /usr/local/platform/.security/CallManager/keys/CallManager.csr Does Not Exist',
    );
  });

  test('refuses an expired trust certificate', async () => {
    const { certificate } = await up.lab.issueFor(up.lab.vos('ccp1'), {
      notBefore: daysFrom(up.lab.now(), -9),
      notAfter: daysFrom(up.lab.now(), -1),
    });
    const answer = await web.postJson(`${prefix}/trust/certificates`, {
      service: ['tomcat'],
      certificates: [certificate.toString()],
    });
    expect([answer.status, jsonOf(answer)['message']]).toEqual([400, 'The certificate has expired']);
  });

  test('lists one store, one identity; and asks for the service', async () => {
    const { certificates } = jsonOf(await web.get(`${prefix}/trust/certificate?service=tomcat`)) as {
      certificates: { certificate: string }[];
    };
    expect(certificates.map(({ certificate }) => new X509Certificate(certificate).subject)).toHaveLength(2);
    expect((await web.get(`${prefix}/identity/certificate?service=tomcat`)).text).toContain('BEGIN CERTIFICATE');
    expect((await web.get(`${prefix}/identity/certificates?service=nothing`)).status).toBe(400);
    expect((await web.get(`${prefix}/trust/certificate`)).status).toBe(400);
    expect((await web.get(`${prefix}/nothing`)).status).toBe(404);
  });
});
