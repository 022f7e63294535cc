import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { X509Certificate as Certificate, X509Certificates } from '@peculiar/x509';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { OsAdministrator } from '#tests/support/os-administration.ts';
import { daysFrom, newKey } from '../../../authority.ts';
import type { VosMachine } from '../machine.ts';

describe('an upload', () => {
  let up: TestLab;
  let machine: VosMachine;
  let administrator: OsAdministrator;

  beforeAll(async () => {
    up = await startTestLab('127.105.0.0/16', { signed: true });
    machine = up.lab.vos('uccx1');
  });
  beforeEach(async () => {
    await up.lab.reset();
    administrator = new OsAdministrator(up.lab, machine, up.lab.authority.root.certificate.toString());
  });
  afterAll(() => up[Symbol.asyncDispose]());

  test('takes the reply to its request, and says what to restart', async () => {
    await administrator.signIn();
    const { pem } = await machine.newRequest();
    const reply = await up.lab.sign(pem);
    expect(await administrator.upload('tomcat', reply.toString())).toEqual([
      'Success: Certificate Uploaded',
      'Restart Cisco Tomcat Service using the CLI "utils service restart Cisco Tomcat"',
    ]);
    expect(machine.identity.certificate.fingerprint256).toBe(reply.fingerprint256);
  });

  test('takes a chain as PKCS #7 in DER, and not in PEM', async () => {
    await administrator.signIn();
    const reply = await up.lab.sign((await machine.newRequest()).pem);
    const { intermediate, root } = up.lab.authority;
    const chain = new X509Certificates(
      [root.certificate, intermediate.certificate, reply].map(({ raw }) => new Certificate(new Uint8Array(raw))),
    );
    expect(await administrator.upload('tomcat', chain.export('pem'), 'chain.p7b')).toEqual([
      'Error reading the certificate',
    ]);
    expect((await administrator.upload('tomcat', Buffer.from(chain.export('raw')), 'chain.p7b'))[0]).toBe(
      'Success: Certificate Uploaded',
    );
    expect(machine.identity.certificate.fingerprint256).toBe(reply.fingerprint256);
  });

  test('one certificate for both nodes reaches both', async () => {
    await administrator.signIn();
    const { pem } = await machine.newRequest(machine.units.tomcat, { distribution: 'multi-server' });
    const reply = await up.lab.sign(pem);
    expect((await administrator.upload('tomcat', reply.toString()))[0]).toBe('Success: Certificate Uploaded');
    expect(up.lab.vos('uccx2').identity.certificate.fingerprint256).toBe(reply.fingerprint256);
    expect(up.lab.vos('ccp1').identity.certificate.fingerprint256).not.toBe(reply.fingerprint256);
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
    await administrator.signIn();
    const pem = await make(machine);
    const before = machine.identity;
    expect(await administrator.upload('tomcat', pem)).toEqual([words]);
    expect(machine.identity).toBe(before);
  });

  test('names the difference on CUCM in its own words', async () => {
    const cucm = up.lab.vos('cucm1');
    administrator = new OsAdministrator(up.lab, cucm, up.lab.authority.root.certificate.toString());
    await administrator.signIn();
    const { key, names } = await cucm.newRequest();
    const { certificate } = await up.lab.issueFor(cucm, { key, names: [...names, 'www.lab.example'] });
    expect(await administrator.upload('tomcat', certificate.toString())).toEqual([
      'CSR Subject Alternate Name (SAN) and Certificate SAN Does Not Match',
    ]);
  });

  test('a trust store keeps the newer of two of one common name, and refuses what has expired or is short', async () => {
    await administrator.signIn();
    const ccp = up.lab.vos('ccp1');
    const issued = async (from: number, to: number, rsa = 2048): Promise<string> => {
      const changes = {
        notBefore: daysFrom(up.lab.now(), from),
        notAfter: daysFrom(up.lab.now(), to),
        key: await newKey({ rsa }),
      };
      return (await up.lab.issueFor(ccp, changes)).certificate.toString();
    };
    const newer = await issued(-5, 100);
    expect((await administrator.upload('tomcat-trust', newer))[0]).toBe('Success: Certificate Uploaded');
    expect((await administrator.upload('tomcat-trust', await issued(-50, 100)))[0]).toMatch(
      /keeps the newer certificate/,
    );
    expect(machine.trust.get('ccp1.lab.example.pem')?.fingerprint256).toBe(new X509Certificate(newer).fingerprint256);
    expect(await administrator.upload('tomcat-trust', await issued(-9, -1))).toEqual(['The certificate has expired']);
    expect(await administrator.upload('tomcat-trust', await issued(-1, 100, 1024))).toEqual([
      'Error reading the certificate',
    ]);
  });
});
