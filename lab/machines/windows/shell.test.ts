import { createPublicKey } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { connectWindows, type WindowsSession } from '#tests/support/windows-session.ts';
import { thumbprintOf } from './certificate-store.ts';
import { readRequest } from '../../request.ts';

let up: TestLab;
let aw: WindowsSession;
let cvp: WindowsSession;

beforeAll(async () => {
  up = await startTestLab('127.117.0.0/16', { deployment: 'UCCE', signed: true });
  [aw, cvp] = await Promise.all([connectWindows(up.lab, 'aw1'), connectWindows(up.lab, 'cvp1')]);
});
afterEach(() => up.lab.reset());
afterAll(async () => {
  await Promise.all([aw, cvp].map((session) => session[Symbol.asyncDispose]()));
  await up[Symbol.asyncDispose]();
});

/** The command, what must stand in its output, and its exit code. */
type Row = readonly [command: string, shows: RegExp, code?: number];

async function expectRow(session: WindowsSession, [command, shows, code = 0]: Row): Promise<void> {
  const ran = await session.run(command);
  expect(ran.out + ran.errors, command).toMatch(shows);
  expect(ran.code, command).toBe(code);
}

const onAw: readonly Row[] = [
  ['echo %COMPUTERNAME% %NOTHING%', /^AW1 %NOTHING%\n$/],
  ['echo "a & b" ^& c & echo d', /^"a & b" & c \nd\n$/],
  ['cd C:\\icm\\bin && cd', /^C:\\icm\\bin\n$/],
  ['cd C:\\nowhere && echo never', /^The system cannot find the path specified\.\n$/, 1],
  ['cd C:\\nowhere || echo other', /^other\nThe system cannot/],
  ['cd %CCE_JAVA_HOME%\\bin & dir /b', /^keytool\.exe\n$/],
  ['dir C:\\icm\\ssl', /Directory of C:\\icm\\ssl\n[^]*<DIR> +certs[^]*1 File\(s\)/],
  ['dir C:\\icm\\nothing', /File Not Found/, 1],
  ['set CCE', /^CCE_JAVA_HOME=C:\\Program Files/],
  ['set NOTHING', /^Environment variable NOTHING not defined\n$/, 1],
  ['set A=1& set "B=2 3"& set B', /^B=2 3\n$/],
  ['type C:\\icm\\ssl\\certs\\host.pem | findstr /c:"BEGIN CERT"', /^-----BEGIN CERTIFICATE-----\n$/],
  ['type nothing.txt', /^The system cannot find the file specified\.\n$/, 1],
  ['type C:\\icm\\ssl\\certs\\host.pem | more', /BEGIN CERTIFICATE/],
  ['(echo one& echo two)> C:\\a.txt & type C:\\a.txt', /^one\ntwo\n$/],
  ['echo one> a.txt & echo two>> a.txt & more a.txt', /^one \ntwo \n$/],
  ['type nothing 2>nul', /^$/, 1],
  ['copy C:\\icm\\ssl\\cacerts backup & dir /b backup', /^ {8}1 file\(s\) copied\.\nbackup\n$/],
  ['if not exist b copy C:\\icm\\ssl\\cacerts b & dir /b b', /^ {8}1 file\(s\) copied\.\nb\n$/],
  ['echo a> "b c" & if not exist "b c" copy C:\\icm\\ssl\\cacerts "b c" & type "b c"', /^a \n$/],
  ['if exist nothing echo a & if exist C:\\icm echo b', /^b\n$/],
  ['if nothing', /^The syntax of the command is incorrect\.\n$/, 1],
  ['copy nothing backup', /^The system cannot find the file specified\.\n$/, 1],
  ['copy C:\\icm\\ssl\\cacerts a & del a & dir /b a', /File Not Found/, 1],
  ['del nothing', /^Could Not Find C:\\Users\\Administrator\\nothing\n$/],
  ['hostname & whoami', /^aw1\naw1\\administrator\n$/],
  ['ver', /Microsoft Windows \[Version/],
  [
    'nosuch -x',
    /^'nosuch' is not recognized as an internal or external command,\noperable program or batch file\.\n$/,
    1,
  ],
  ['C:\\nosuch\\a.exe', /^The system cannot find the path specified\.\n$/, 1],
  ['keytool -list', /^'keytool' is not recognized/, 1],
  ['& echo a', /^& was unexpected at this time\.\n$/, 255],
  ['D:', /^The system cannot find the drive specified\.\n$/, 1],
  [
    'net stop DiagFwSvc && net start "Cisco ICM Diagnostic Framework"',
    /service was stopped successfully\.\n\n[^]*started successfully\./,
  ],
  ['net stop nothing', /^The service name is invalid\.\n\nMore help is available by typing NET HELPMSG 2185\.\n\n$/, 2],
  ['net start DiagFwSvc', /^The requested service has already been started\./, 2],
  ['net start', /These Windows services are started:\n[^]*World Wide Web Publishing Service/],
  ['sc query w3svc', /SERVICE_NAME: W3SVC \n[^]*STATE {14}: 4 {2}RUNNING/],
  ['sc query nothing', /^\[SC\] EnumQueryServicesStatus:OpenService FAILED 1060:\n\nThe specified service/, 1060],
  ['sc stop diagfwsvc & sc query DiagFwSvc', /3 {2}STOP_PENDING[^]*1 {2}STOPPED/],
  ['sc start w3svc', /^\[SC\] StartService FAILED 1056:/, 1056],
  ['netsh http show sslcert', /IP:port {22}: 0\.0\.0\.0:443\n[^]*0\.0\.0\.0:7890\n/],
  ['netsh http show sslcert ipport=0.0.0.0:9999', /The system cannot find the file specified\./, 1],
  [
    'netsh http add sslcert ipport=0.0.0.0:443 certhash=11 appid={4dc3e181-e14b-4a21-b022-59fc669b0914}',
    /The parameter is incorrect\./,
    1,
  ],
  ['netsh http delete sslcert ipport=0.0.0.0:444', /SSL Certificate deletion failed, Error: 2/, 1],
  ['netsh http show nothing', /^The following command was not found: http show nothing\.\n$/, 1],
  [
    'reg query "HKLM\\SOFTWARE\\Cisco Systems, Inc.\\ICM\\Serviceability\\DiagnosticFramework" /v CertUsedByDiagFwSvc',
    / {4}CertUsedByDiagFwSvc {4}REG_SZ {4}[0-9A-F]{40}\n/,
  ],
  [
    'reg query HKLM\\SOFTWARE\\Nothing',
    /ERROR: The system was unable to find the specified registry key or value\./,
    1,
  ],
  [
    'certutil -store Root',
    /^Root "Trusted Root[^]*Subject: .*CN=Lab Root CA[^]*Cert Hash\(sha1\): [0-9a-f]{40}\n[^]*CertUtil: -store command completed successfully\.\n$/,
  ],
  ['certutil -dump C:\\icm\\ssl\\certs\\host.pem', /Cert Hash\(sha1\): [0-9a-f]{40}\n/],
  ['certutil -dump C:\\icm\\ssl\\cacerts', /FAILED: 0x80092009/, 1],
  ['certutil -store My nothing', /command FAILED: 0x80090011/, 1],
  ['certutil -addstore Root C:\\icm\\ssl\\certs\\host.pem', /added to store\.\nCertUtil: -addstore command completed/],
  ['certutil -addstore Root C:\\icm\\ssl\\cacerts', /FAILED: 0x80092009/, 1],
  ['certutil -delstore Root "Lab Root CA"', /Deleting Certificate 0/],
  ['certutil -nothing', /CertUtil: Unknown arg: -nothing/, 1],
  ['certutil -hashfile C:\\icm\\ssl\\cacerts SHA256', /^SHA256 hash of C:\\icm\\ssl\\cacerts:\n[0-9a-f]{64}\n/],
  ['certutil -encode C:\\icm\\ssl\\cacerts a.b64 & certutil -decode a.b64 b & certutil -hashfile b', /[0-9a-f]{40}/],
  ['CiscoCertUtil /list', /Store: My\n {2}.*CN=aw1\.lab\.example/],
  ['CiscoCertUtil /generateCert', /already exists/, 1],
  ['CiscoCertUtil /generateCert /f', /openssl\.exe req -x509 -newkey rsa:2048 -days 7300 -nodes -subj \/CN=aw1/],
  [
    'CiscoCertUtil /generateCert /curve P384 /f & type C:\\icm\\ssl\\keys\\host.key',
    /ec_paramgen_curve:P-384[^]*BEGIN PRIVATE KEY/,
  ],
  ['CiscoCertUtil /generateCert /curve nobody /f', /Usage/, 1],
  ['CiscoCertUtil /install C:\\icm\\ssl\\certs\\host.pem root', /Certificate installed successfully/],
  ['CiscoCertUtil /install C:\\icm\\ssl\\certs\\host.pem other', /Usage/, 1],
  ['CiscoCertUtil /remove nothing my', /Certificate not found/, 1],
  ['iisreset', /Internet services successfully restarted/],
];

const onCvp: readonly Row[] = [
  ['echo %CVP_HOME%', /^C:\\Cisco\\CVP\n$/],
  ['more %CVP_HOME%\\conf\\security.properties', /^Security\.keystorePW = /],
  ['%CVP_HOME%\\bin\\DecryptKeystoreUtil.bat', /^\S{16}\n$/],
  ['DecryptKeystoreUtil.bat', /is not recognized/, 1],
  ['DiagFwCertMgr /task:ValidateCertBinding', /is not recognized/, 1],
  ['dir /b %CVP_HOME%\\conf\\security', /^\.keystore\n$/],
];

test.each(onAw.map((row) => ({ row, command: row[0] })))('on the AW: $command', ({ row }) => expectRow(aw, row));
test.each(onCvp.map((row) => ({ row, command: row[0] })))('on CVP: $command', ({ row }) => expectRow(cvp, row));

const hostile: readonly Row[] = [
  ['type ..\\..\\..\\..\\..\\..\\etc\\passwd', /cannot find the (path|file)/, 1],
  ['type C:\\..\\..\\etc\\passwd', /cannot find the (path|file)/, 1],
  ['type /etc/passwd', /cannot find the (path|file)|syntax of the command/, 1],
  ['type \\\\server\\share\\a', /^The network path was not found\.\n$/, 1],
  ['type D:\\a', /^The system cannot find the drive specified\.\n$/, 1],
  ['echo a> ..\\..\\..\\..\\..\\..\\tmp\\uccert-planted', /cannot find the path/, 1],
  ['copy C:\\icm\\ssl\\cacerts C:\\a:b', /filename, directory name, or volume label syntax is incorrect/, 1],
  ['type "C:\\a|b"', /syntax is incorrect/, 1],
  [`type ${'a'.repeat(300)}`, /too long/, 1],
  [`echo ${'a'.repeat(30_000)}`, /^The command line is too long\.\n$/, 1],
  [`set A=${'a'.repeat(4000)}& set A`, /^A=a+\n$/],
  ['('.repeat(30) + 'echo a' + ')'.repeat(30), /^a\n$/],
  ['('.repeat(2000) + 'echo a' + ')'.repeat(2000), /^The syntax of the command is incorrect\.\n$/, 255],
  ['('.repeat(2000), /^The syntax of the command is incorrect\.\n$/, 255],
  [`echo ${'%Path%'.repeat(1000)}`, /^The input line is too long\.\n$/, 1],
  ['echo $(id) `id` ; id', /^\$\(id\) `id` ; id\n$/],
  ['echo "unbalanced', /^"unbalanced\n$/],
];
test.each(hostile.map((row) => ({ row, command: row[0].slice(0, 60) })))('hostile: $command', ({ row }) =>
  expectRow(aw, row),
);
test('a line of a megabyte that never ends is let go', async () => {
  const { code } = await aw.run('more > C:\\long.txt', 'a'.repeat(1024 * 1024));
  expect(code).toBe(0);
  expect(up.lab.windows('aw1').files.read('C:\\long.txt').length).toBeLessThan(10_000);
});
test('nothing was planted outside of the drive', () => expect(existsSync('/tmp/uccert-planted')).toBe(false));

describe('Portico', () => {
  const task = 'cd C:\\icm\\serviceability\\diagnostics\\bin && DiagFwCertMgr /task:';

  test('validates its binding in the words of the technote', async () => {
    const { out, code } = await aw.run(`${task}ValidateCertBinding`);
    const hash = thumbprintOf(up.lab.windows('aw1').certificateStore.items('My')[1]!.certificate);
    const lines = [
      'Cisco Unified ICM/CCE Diagnostic Framework Certificate Manager',
      `Executing Task: 'ValidateCertBinding'`,
      `Read port number from service configuration file: '7890'`,
      'ATTEMPTING TO VALIDATE CERTIFICATE BINDING WITH WINDOWS HTTP SERVICE',
      `Binding IP Address: '0.0.0.0:7890'`,
      'Found a certificate binding on 0.0.0.0:7890',
      `Trying to look up certificate: ${hash}`,
      'Certificate requested found in store',
      'The certificate binding is VALID',
      'Certificate hash stored in service registry matches certificate used by service',
      'ALL TASKS FOR VALIDATING CERTIFICATE BINDING COMPLETED SUCCESSFULLY',
    ];
    expect(out.split('\n').filter(Boolean)).toEqual(lines);
    expect(code).toBe(0);
  });

  test('shows another certificate after a bind and a restart, and not before', async () => {
    const machine = up.lab.windows('aw1');
    const [iis] = machine.certificateStore.items('My');
    const other = thumbprintOf(iis!.certificate);
    const shown = (): string => {
      const { presents } = machine.port(7890);
      return presents.as === 'tls' ? thumbprintOf(presents.certificates[0]!) : presents.as;
    };
    const before = shown();
    expect(before).not.toBe(other);
    expect((await aw.run(`${task}UnbindCert`)).code).toBe(0);
    expect(shown()).toBe('closed');
    expect((await aw.run(`${task}ValidateCertBinding`)).code).toBe(1);
    expect((await aw.run(`${task}BindCertFromStore /certhash:\u200e${other}`)).out).toContain(
      'Invalid certificate hash',
    );
    expect((await aw.run(`${task}BindCertFromStore /certhash:${'0'.repeat(40)}`)).out).toContain('not found in store');
    expect((await aw.run(`${task}BindCertFromStore /certhash:${other}`)).out).toContain(
      'The certificate binding is VALID',
    );
    expect(shown()).toBe('closed');
    await aw.run('net stop DiagFwSvc & net start DiagFwSvc');
    expect(shown()).toBe(other);
    expect((await aw.run(`${task}CreateAndBindCert`)).code).toBe(0);
    expect((await aw.run(`${task}Nothing`)).code).toBe(1);
  });

  test('and says where the registry disagrees with the binding', async () => {
    const other = thumbprintOf(up.lab.windows('aw1').certificateStore.items('My')[0]!.certificate);
    await aw.run('netsh http delete sslcert ipport=0.0.0.0:7890');
    const application = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';
    const added = await aw.run(`netsh http add sslcert ipport=0.0.0.0:7890 certhash=${other} appid=${application}`);
    expect(added.out).toContain('SSL Certificate successfully added');
    expect((await aw.run(`${task}ValidateCertBinding`)).out).toContain('does not match');
  });
});

test('a request of IIS is signed by the enterprise CA, accepted and bound, and 443 shows it at once', async () => {
  const policy = [
    '[NewRequest]',
    'Subject = "CN=aw1.lab.example"',
    '[Extensions]',
    '2.5.29.17 = "{text}"',
    '_continue_ = "dns=aw1.lab.example&"',
  ];
  for (const line of policy) await aw.run(`echo ${line}>> req.inf`);
  expect((await aw.run('certreq -new req.inf iis.csr')).out).toContain('CertReq: Request Created');
  expect((await aw.run('certreq -accept C:\\icm\\ssl\\certs\\host.pem')).code).toBe(1);
  expect((await aw.run('certreq -submit -attrib "CertificateTemplate:WebServer" iis.csr iis.cer')).out).toContain(
    'Issued',
  );
  expect((await aw.run('certreq -accept iis.cer')).code).toBe(0);
  const machine = up.lab.windows('aw1');
  const hash = thumbprintOf(machine.certificateStore.items('My').at(-1)!.certificate);
  await aw.run('netsh http delete sslcert ipport=0.0.0.0:443');
  expect(machine.port(443).presents.as).toBe('closed');
  await aw.run(
    `netsh http add sslcert ipport=0.0.0.0:443 certhash=${hash} appid={4dc3e181-e14b-4a21-b022-59fc669b0914}`,
  );
  const { presents } = machine.port(443);
  expect(presents.as === 'tls' ? presents.certificates.map(thumbprintOf) : presents.as).toEqual([
    hash,
    thumbprintOf(up.lab.authority.intermediate.certificate),
  ]);
  expect(presents.as === 'tls' ? presents.certificates[0]!.subjectAltName : '').toBe('DNS:aw1.lab.example');
});

test('service-controller.bat asks in its order and stops the Call Server', async () => {
  const bat = '%CVP_HOME%\\bin\\ServiceController\\service-controller.bat';
  const ran = await cvp.run(bat, '127.0.0.1\nwsmadmin\nsecret\ncallserver\n');
  expect(ran.out).toMatch(/^CALLSERVER-IP-ADDRESS:CALLSERVER-USERNAME:CALLSERVER-PASSWORD:SERVICE-NAME:/);
  expect(up.lab.windows('cvp1').port(8443).presents.as).toBe('closed');
  expect((await cvp.run(bat, '127.0.0.1\nwsmadmin\nsecret\nnothing\n')).code).toBe(1);
});

/** What a person sees who types these lines at the prompt, and the code that the session ends with. */
function typed(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    aw.client.shell({ term: 'xterm' }, (error, channel) => {
      if (error !== undefined) {
        reject(error);
        return;
      }
      let text = '';
      channel.on('data', (data: Buffer) => (text += data.toString('utf8')));
      channel.on('exit', (code: number) => (text += `exit ${String(code)}`));
      channel.on('close', () => resolve(text));
      channel.write(lines.map((line) => `${line}\r`).join(''));
    });
  });
}

test('at the prompt the folder and variables last, and exit tells the code', async () => {
  const out = await typed(['cd C:\\icm\\ssl', 'set A=b', 'echo %A%', 'nosuch', 'echo %ERRORLEVEL%', 'exit 7']);
  expect(out).toContain('administrator@AW1 C:\\Users\\Administrator>cd C:\\icm\\ssl\r\n');
  expect(out).toContain('administrator@AW1 C:\\icm\\ssl>echo %A%\r\nb\r\n');
  expect(out).toContain('9009\r\n');
  expect(out).toMatch(/exit 7$/);
});

test('powershell has a prompt of its own, whose variables last, and exit leads back to cmd', async () => {
  const out = await typed(['powershell', '$a = 20 + 3', '$a', 'Get-Nothing', 'exit', 'echo back', 'exit 0']);
  expect(out).toMatch(/PS C:\\Users\\Administrator> \$a\r\n23\r\n/);
  expect(out).toMatch(/Get-Nothing : [^]*CommandNotFoundException[^]*PS C:\\Users\\Administrator> exit\r\n/);
  expect(out).toMatch(/administrator@AW1 C:\\Users\\Administrator>echo back\r\nback\r\n[^]*exit 0$/);
});

describe('the programs of OpenSSH', () => {
  const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'];

  async function openssh(program: 'ssh' | 'scp', args: readonly string[]): Promise<{ out: string; code: number }> {
    const ask = join(up.state, 'ask');
    writeFileSync(ask, `#!/bin/sh\necho '${up.lab.administrator.password}'\n`, { mode: 0o700 });
    const child = spawn(program, [...options, ...args], {
      env: { ...process.env, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (out += data.toString('utf8')));
    const [code] = (await once(child, 'close')) as [number];
    return { out, code };
  }

  test('ssh runs a command and takes its code', async () => {
    const { place } = up.lab.ssh(up.lab.windows('aw1').id);
    const ran = await openssh('ssh', ['-p', String(place.port), `administrator@${place.address}`, 'hostname & exit 3']);
    expect(ran).toEqual({ out: 'aw1\r\n', code: 3 });
  });

  test('scp brings files and fetches them, and reaches nothing outside of the drive', async () => {
    const { place } = up.lab.ssh(up.lab.windows('aw1').id);
    const [from, back] = [join(up.state, 'root.pem'), join(up.state, 'back.pem')];
    const pem = up.lab.authority.root.certificate.toString();
    writeFileSync(from, pem);
    const host = `administrator@${place.address}`;
    const port = ['-s', '-P', String(place.port)];
    expect(await openssh('scp', [...port, from, `${host}:/C:/icm/ssl/root.pem`])).toEqual({ out: '', code: 0 });
    expect((await aw.run('type C:\\icm\\ssl\\root.pem')).out).toBe(pem);
    expect(await openssh('scp', [...port, `${host}:/C:/icm/ssl/root.pem`, back])).toEqual({ out: '', code: 0 });
    expect(readFileSync(back, 'utf8')).toBe(pem);
    for (const path of ['/etc/passwd', '/C:/../../etc/passwd', '../../../../../../etc/passwd', '/D:/a']) {
      expect((await openssh('scp', [...port, `${host}:${path}`, back])).code, path).toBe(1);
    }
  });
});

test.each([
  ['', 'CiscoCertUtil /generateCSR', 'rsa'],
  ['Voice', 'CiscoCertUtil /generateCSR /curve P256', 'ec'],
])('a request over host.key, with the organisational unit "%s"', async (unit, command, type) => {
  const machine = up.lab.windows('aw1');
  const keyFile = 'C:\\icm\\ssl\\keys\\host.key';
  const before = machine.files.read(keyFile);
  try {
    const ran = await aw.run(command, `${unit}\r\n`);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/Organizational Unit.*CSR generated/s) as string });
    const request = readRequest(machine.files.read('C:\\icm\\ssl\\certs\\host.csr').toString());
    expect(request).toMatchObject({ commonName: machine.fqdn, names: [] });
    expect(request.publicKey.asymmetricKeyType).toBe(type);
    expect(request.publicKey.equals(createPublicKey(machine.files.read(keyFile)))).toBe(true);
    expect(machine.files.read(keyFile).equals(before)).toBe(type === 'rsa');
  } finally {
    await up.lab.reset();
  }
});

test('a reset brings back files, stores, bindings and services', async () => {
  const before = up.lab.digest;
  const machine = up.lab.windows('aw1');
  const hash = machine.registry.snapshot();
  const cacerts = machine.files.read('C:\\icm\\ssl\\cacerts');
  await aw.run(
    'del C:\\icm\\ssl\\cacerts & echo a> C:\\new.txt & certutil -delstore Root "Lab Root CA" & net stop W3SVC',
  );
  await aw.run('netsh http delete sslcert ipport=0.0.0.0:7890 & CiscoCertUtil /generateCert /f');
  expect(up.lab.digest).not.toEqual(before);
  await up.lab.reset();
  expect(up.lab.digest).toEqual(before);
  expect(machine.registry.snapshot()).toEqual(hash);
  expect(machine.files.read('C:\\icm\\ssl\\cacerts')).toEqual(cacerts);
  expect(machine.files.exists('C:\\new.txt')).toBe(false);
});

test('ports that are closed as installed serve where they are switched on', async () => {
  const [call, gateway] = [up.lab.windows('cvp1'), up.lab.windows('pg1a')];
  expect(call.port(5061).presents.as).toBe('closed');
  call.switchedOn.add(5061);
  gateway.switchedOn.add(42030);
  await Promise.all([call, gateway].map((machine) => machine.startAll()));
  const shown = (machine: typeof call, port: number): unknown => {
    const { presents } = machine.port(port);
    return presents.as === 'tls' ? thumbprintOf(presents.certificates[0]!) : presents.as;
  };
  expect(shown(call, 5061)).toBe(shown(call, 8443));
  expect(shown(gateway, 42030)).not.toBe(shown(gateway, 443));
  await aw.run('hostname');
  gateway.files.write('C:\\icm\\ssl\\certs\\host.pem', 'nothing');
  await gateway.load(['CTI Server']);
  expect(shown(gateway, 42030)).toBe('closed');
});
