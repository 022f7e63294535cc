import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readFile } from '#keystores/read-file.ts';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { connectWindows, type Ran, type WindowsSession } from '#tests/support/windows-session.ts';
import { keyStorePath, trustPassword } from './installation.ts';
import { findKeytool } from './java.ts';

const folder = '%CVP_HOME%\\conf\\security';
const name = 'cvp1.lab.example';

/** The common name of what 8111 presents, and how many certificates come. */
async function presented(
  up: TestLab,
): Promise<{ readonly issuer: string; readonly sent: number; readonly names: string }> {
  const { place } = up.lab.windows('cvp1').port(8111);
  const root = up.lab.authority.root.certificate.toString();
  const socket = connect({ host: place.address, port: place.port, ca: root, servername: name });
  await once(socket, 'secureConnect');
  const leaf = socket.getPeerX509Certificate();
  let sent = 0;
  for (let at = leaf; at !== undefined && sent < 9; at = at.issuerCertificate) sent += 1;
  socket.destroy();
  return { issuer: /^CN=(.*)$/m.exec(leaf?.issuer ?? '')?.[1] ?? '', sent, names: leaf?.subjectAltName ?? '' };
}

test('without Java keytool answers as where it is not installed', async () => {
  await using up = await startTestLab('127.118.0.0/16', { deployment: 'PCCE' });
  await using cvp = await connectWindows(up.lab, 'cvp1');
  vi.stubEnv('PATH', '/nowhere').stubEnv('JAVA_HOME', '');
  try {
    expect(findKeytool()).toBe(null);
    const { errors, code } = await cvp.run('%CVP_HOME%\\jre\\bin\\keytool.exe -list');
    expect([errors, code]).toEqual([
      `'keytool' is not recognized as an internal or external command,\noperable program or batch file.\n`,
      1,
    ]);
  } finally {
    vi.unstubAllEnvs();
  }
});

describe.skipIf(findKeytool() === null)('the real keytool, on the files of the lab', { timeout: 120_000 }, () => {
  let up: TestLab;
  let cvp: WindowsSession;
  let aw: WindowsSession;
  let password: string;

  beforeAll(async () => {
    up = await startTestLab('127.118.0.0/16', { deployment: 'PCCE', signed: true });
    [cvp, aw] = await Promise.all([connectWindows(up.lab, 'cvp1'), connectWindows(up.lab, 'aw1')]);
    password = (await cvp.run('%CVP_HOME%\\bin\\DecryptKeystoreUtil.bat')).out.trim();
  });
  afterEach(() => up.lab.reset());
  afterAll(async () => {
    await Promise.all([cvp, aw].map((session) => session[Symbol.asyncDispose]()));
    await up[Symbol.asyncDispose]();
  });

  const keytool = (rest: string, input?: string): Promise<Ran> =>
    cvp.run(`%CVP_HOME%\\jre\\bin\\keytool.exe -storetype JCEKS -keystore ${folder}\\.keystore ${rest}`, input);
  const withPassword = (rest: string): Promise<Ran> => keytool(`-storepass ${password} ${rest}`);

  test('lists the aliases that the lab wrote, keys and chains', async () => {
    const { out, code } = await withPassword('-list');
    expect(code).toBe(0);
    for (const alias of ['wsm_certificate', 'vxml_certificate', 'callserver_certificate']) {
      expect(out).toMatch(new RegExp(`^${alias}, .*PrivateKeyEntry`, 'm'));
    }
    expect(out).toMatch(/^root, .*trustedCertEntry/m);
  });

  test('opens the keys that the lab wrote: their request is made by Java', async () => {
    const ran = await withPassword(`-certreq -alias wsm_certificate -file ${folder}\\wsm.csr`);
    expect(ran.code).toBe(0);
    expect((await cvp.run(`type ${folder}\\wsm.csr`)).out).toContain('BEGIN NEW CERTIFICATE REQUEST');
  });

  test('opens the keys of a store that the lab saved as JKS', async () => {
    up.lab.windows('cvp1').replaceKeyStore(keyStorePath, (store) => store.as('JKS'));
    const jks = `%CVP_HOME%\\jre\\bin\\keytool.exe -storetype JKS -keystore ${folder}\\.keystore -storepass ${password}`;
    const ran = await cvp.run(`${jks} -certreq -alias wsm_certificate -file ${folder}\\wsm.csr`);
    expect(ran).toMatchObject({ code: 0 });
    expect((await cvp.run(`type ${folder}\\wsm.csr`)).out).toContain('BEGIN NEW CERTIFICATE REQUEST');
  });

  test('asks for the password, and refuses a wrong one in the words of Java', async () => {
    expect((await keytool('-list', `${password}\n`)).out).toMatch(/wsm_certificate/);
    const wrong = await keytool('-list', 'wrong\n');
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('Keystore was tampered with, or password was incorrect');
  });

  test('takes a key through delete, genkeypair, certreq, import of the chain and of the reply, and 8111 shows it after a restart', async () => {
    const before = await presented(up);
    await cvp.run(`copy ${folder}\\.keystore backup.keystore`);
    expect((await withPassword('-delete -alias wsm_certificate')).code).toBe(0);
    const pair = await withPassword(
      `-genkeypair -alias wsm_certificate -v -validity 1095 -keysize 2048 -keyalg RSA -dname "CN=${name},O=Example,C=US" -keypass ${password}`,
    );
    expect(pair.code).toBe(0);
    const request = await withPassword(
      `-certreq -alias wsm_certificate -ext san=dns:${name},dns:localhost -file ${folder}\\wsm.csr`,
    );
    expect(request.code).toBe(0);
    const { files } = up.lab.windows('cvp1');
    const csr = files.read('C:\\Cisco\\CVP\\conf\\security\\wsm.csr').toString();
    const reply = await up.lab.sign(csr.replaceAll('NEW CERTIFICATE', 'CERTIFICATE'));
    files.write('C:\\Cisco\\CVP\\conf\\security\\wsm.cer', reply.toString());

    await withPassword('-delete -alias root');
    const early = await withPassword(`-import -noprompt -trustcacerts -alias wsm_certificate -file ${folder}\\wsm.cer`);
    expect([early.out.includes('Failed to establish chain from reply'), early.code]).toEqual([true, 1]);
    files.write('C:\\root.cer', up.lab.authority.root.certificate.toString());
    expect((await withPassword('-import -v -noprompt -trustcacerts -alias root -file C:\\root.cer')).code).toBe(0);
    const installed = await withPassword(`-import -v -trustcacerts -alias wsm_certificate -file ${folder}\\wsm.cer`);
    expect(installed.errors + installed.out).toContain('Certificate reply was installed in keystore');

    const contents = readFile(files.read(keyStorePath), password).contents;
    expect(contents.integrity).toBe('verified');
    expect(contents.parts.find((part) => 'alias' in part && part.alias === 'wsm_certificate')).toMatchObject({
      holds: 'key-entry',
      key: 'opened',
    });

    expect(await presented(up)).toEqual(before);
    await cvp.run('net stop "Cisco CVP WebServicesManager" & net start "Cisco CVP WebServicesManager"');
    expect(await presented(up)).toEqual({ issuer: 'Lab Issuing CA', sent: 3, names: `DNS:${name}, DNS:localhost` });
  });

  test.each([
    ['-delete -alias callserver-certificate', /Alias <callserver-certificate> does not exist/],
    ['\u2013list', /Illegal option: +\u2013list/],
    ['-exportcert -alias nothing', /Alias <nothing> does not exist/],
    ['-import -noprompt -alias root -file nothing.cer', /nothing\.cer/],
    ['-list -J-version', /Illegal option/],
    ['-list -providerpath C:\\a.jar', /Illegal option/],
    ['-list @C:\\options', /Illegal option/],
    ['-printcert -sslserver 127.0.0.1:22', /Illegal option/],
    ['-list -conf /etc/passwd', /Illegal option/],
    ['-list -alias -dname -J-version', /Illegal option/],
    ['-list -cacerts', /Illegal option/],
    ['-list -k\u00e9ystore /etc/passwd', /Illegal option/],
    ['-list -storepass:file C:\\a', /Illegal option/],
  ])('refuses %s', async (rest, words) => {
    const { out, errors, code } = await withPassword(rest);
    expect(out + errors).toMatch(words);
    expect(out + errors).not.toContain(up.state);
    expect(code).toBe(1);
  });

  test('no service starts from an alias that is gone, or from a file that is none', async () => {
    await withPassword('-delete -alias vxml_certificate');
    await cvp.run('net stop "Cisco CVP VXMLServer" & net start "Cisco CVP VXMLServer"');
    expect(up.lab.windows('cvp1').port(7443).presents.as).toBe('closed');
    await cvp.run(`echo nothing > ${folder}\\.keystore & sc stop CallServer & sc start CallServer`);
    expect(up.lab.windows('cvp1').port(8443).presents.as).toBe('closed');
  });

  test('reads and writes both trust stores of the AW', async () => {
    const tool = '"%CCE_JAVA_HOME%\\bin\\keytool.exe"';
    await aw.run('copy C:\\icm\\ssl\\certs\\host.pem C:\\host.cer');
    for (const store of ['C:\\icm\\ssl\\cacerts', '"%CCE_JAVA_HOME%\\lib\\security\\cacerts"']) {
      const imported = await aw.run(
        `${tool} -keystore ${store} -trustcacerts -import -noprompt -file C:\\host.cer -alias aw1_wsm -storepass ${trustPassword}`,
      );
      expect(imported.errors + imported.out).toContain('Certificate was added to keystore');
      expect((await aw.run(`${tool} -list -keystore ${store} -storepass ${trustPassword}`)).out).toMatch(/^aw1_wsm, /m);
    }
    expect(Object.keys(Object.values(up.lab.digest.machines['aw1']?.files ?? {})[0] ?? {})).toContain('aw1_wsm');
  });
});
