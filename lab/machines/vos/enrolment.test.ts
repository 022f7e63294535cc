import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { OsAdministrator } from '#tests/support/os-administration.ts';
import { Person } from '#tests/support/prompt.ts';
import { basic, WebClient } from '#tests/support/web-client.ts';
import type { Place } from '../listen.ts';
import type { VosMachine } from './machine.ts';

/** The fingerprint of what a port presents to whoever trusts the anchors. */
async function presented(place: Place, servername: string, anchors: readonly string[]): Promise<string> {
  const socket = connect({ host: place.address, port: place.port, servername, ca: [...anchors] });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

describe('from the request through the Windows CA to the port', () => {
  let up: TestLab;
  let machine: VosMachine;

  beforeAll(async () => {
    up = await startTestLab('127.106.0.0/16', { windowsCa: {} });
    machine = up.lab.vos('uccx1');
  });
  afterEach(() => up.lab.reset());
  afterAll(() => up[Symbol.asyncDispose]());

  function caAnchors(): readonly string[] {
    return [up.lab.windowsCa.ca.authority.root.certificate.toString()];
  }

  /** A request to the CA's page, and what comes back. */
  async function enrol(request: string): Promise<string> {
    const { place, fqdn } = up.lab.windowsCa;
    const web = new WebClient({ place, fqdn, anchors: caAnchors().join('') });
    web.authorization = basic(up.lab.administrator.user, up.lab.administrator.password);
    const answer = await web.post('/certsrv/certfnsh.asp', {
      Mode: 'newreq',
      CertRequest: request,
      CertAttrib: 'CertificateTemplate:ClientServer',
    });
    const id = /certnew.cer\?ReqID=(\d+)&/.exec(answer.text)?.[1] ?? '';
    return (await web.get(`/certsrv/certnew.cer?ReqID=${id}&Enc=b64`)).text.replaceAll('\r\n', '\n');
  }

  const authorities = (): readonly string[] => {
    const { root, intermediate } = up.lab.windowsCa.ca.authority;
    return [root, intermediate].map(({ certificate }) => certificate.toString());
  };

  async function presentsReply(of: VosMachine, reply: string): Promise<void> {
    const shown = await presented(of.port(443).place, of.fqdn, caAnchors());
    expect(shown).toBe(new X509Certificate(reply).fingerprint256);
  }

  test('at the prompt', async () => {
    const person = await Person.signIn(up.lab, machine);
    await person.runs('set cli pagination off');
    expect(await person.runs('set csr gen tomcat')).toBe('Successfully Generated CSR for tomcat.\n');
    expect(await person.runs('show csr list own')).toBe('tomcat/tomcat.csr\n');
    const reply = await enrol(await person.runs('show csr own tomcat'));
    expect(await person.imports(reply, 'own')).toMatch(/^CA Certificate is Not Available in the Trust-Store\n/);
    for (const authority of authorities()) expect(await person.imports(authority)).toMatch(/^Successfully imported/);
    expect(await person.imports(reply, 'own')).toMatch(/^Successfully imported certificate for tomcat\.\n/);
    expect(await person.runs('show cert list own')).toContain(
      'tomcat/tomcat.pem: Certificate Signed by Lab Issuing CA\n',
    );
    await person.runs('utils service restart Cisco Tomcat');
    person.client.end();
    await presentsReply(machine, reply);
  });

  test('on the web page', async () => {
    const administrator = new OsAdministrator(up.lab, machine, machine.identity.certificate.toString());
    await administrator.signIn();
    const chosen = { NAME: 'tomcat', PARENTDOMAIN: 'lab.example', KEYLENGTH: '2048' };
    await administrator.send('/cmplatform/certificateGenerateNewCsr.do', chosen);
    const file = await administrator.send('/cmplatform/certificateDownloadNewCsr.do', { NAME: 'tomcat' });
    const reply = await enrol(file.text);
    for (const authority of authorities()) {
      expect((await administrator.upload('tomcat-trust', authority))[0]).toBe('Success: Certificate Uploaded');
    }
    expect((await administrator.upload('tomcat', reply))[0]).toBe('Success: Certificate Uploaded');
    await machine.restartService('Cisco Tomcat');
    await presentsReply(machine, reply);
  });

  test('through the API of CUCM', async () => {
    const cucm = up.lab.vos('cucm1');
    cucm.release = '15.0(1)';
    const anchors = cucm.identity.certificate.toString();
    const api = new WebClient({ place: cucm.port(443).place, fqdn: cucm.fqdn, anchors });
    api.authorization = basic(up.lab.administrator.user, up.lab.administrator.password);
    const prefix = '/platformcom/api/v1/certmgr/config';
    const asked = await api.postJson(`${prefix}/csr`, {
      service: 'tomcat',
      distribution: 'this-server',
      commonName: cucm.fqdn,
    });
    const reply = await enrol((JSON.parse(asked.text) as { csr: string }).csr);
    const trusted = await api.postJson(`${prefix}/trust/certificates`, {
      service: ['tomcat'],
      certificates: authorities(),
    });
    const uploaded = await api.postJson(`${prefix}/identity/certificates`, {
      service: 'tomcat',
      certificates: [reply, ...authorities()],
    });
    expect([trusted.status, uploaded.status]).toEqual([201, 201]);
    await cucm.restartService('Cisco Tomcat');
    await presentsReply(cucm, reply);
  });
});
