import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { connectWindows, type Ran, type WindowsSession } from '#tests/support/windows-session.ts';
import { thumbprintOf } from './certificate-store.ts';

let up: TestLab;
let aw: WindowsSession;

beforeAll(async () => {
  up = await startTestLab('127.119.0.0/16', { deployment: 'PCCE', signed: true });
  aw = await connectWindows(up.lab, 'aw1');
});
afterEach(() => up.lab.reset());
afterAll(async () => {
  await aw[Symbol.asyncDispose]();
  await up[Symbol.asyncDispose]();
});

/** A script in Windows PowerShell, encoded so that no quotes are in the way. */
function run(script: string): Promise<Ran> {
  return aw.run(`powershell -NoProfile -EncodedCommand ${Buffer.from(script, 'utf16le').toString('base64')}`);
}

type Row = readonly [script: string, shows: RegExp, code?: number];

const scripts: readonly Row[] = [
  [
    'Get-ChildItem Cert:\\LocalMachine\\Root',
    /^\n\n {3}PSParentPath: Microsoft\.PowerShell\.Security\\Certificate::LocalMachine\\Root\n\nThumbprint +Subject\n-{10} +-{7}\n[0-9A-F]{40} .*CN=Lab Root CA/,
  ],
  [
    'gci Cert:\\LocalMachine\\My | Where-Object { $_.Subject -like "*aw1*" -and $_.HasPrivateKey } | Select-Object -ExpandProperty Thumbprint',
    /^([0-9A-F]{40}\n){2}$/,
  ],
  [
    'gci Cert:\\LocalMachine\\My | Where-Object FriendlyName -match Diagnostic | ForEach-Object { "$($_.FriendlyName): $($_.DnsNameList)" }',
    /^Cisco ICM Diagnostic Framework service certificate: aw1\.lab\.example\n$/,
  ],
  [
    'gci Cert:\\LocalMachine\\Nothing',
    /Cannot find path 'Cert:\\LocalMachine\\Nothing' because it does not exist\./,
    1,
  ],
  [
    'Test-Path Cert:\\LocalMachine\\My; Test-Path C:\\icm\\ssl\\cacerts; Test-Path C:\\nothing',
    /^True\nTrue\nFalse\n$/,
  ],
  [
    'Import-Certificate -FilePath C:\\icm\\ssl\\certs\\host.pem -CertStoreLocation Cert:\\LocalMachine\\CA',
    /LocalMachine\\CA\n[^]*CN=aw1/,
  ],
  ['Import-Certificate -FilePath C:\\nothing.cer -CertStoreLocation Cert:\\LocalMachine\\CA', /0x80070002/, 1],
  ['Import-Certificate -FilePath C:\\icm\\ssl\\cacerts -CertStoreLocation Cert:\\LocalMachine\\CA', /0x80092009/, 1],
  [
    '$c = gci Cert:\\LocalMachine\\Root; Export-Certificate -Cert $c -FilePath C:\\root.cer; Test-Path C:\\root.cer',
    /^root\.cer\nTrue\n$/,
  ],
  ['gci Cert:\\LocalMachine\\Root | Remove-Item; (gci Cert:\\LocalMachine\\Root).Count', /^0\n$/],
  ['Remove-Item Cert:\\LocalMachine\\Root\\00', /Cannot find path/, 1],
  ['Get-Service W3SVC | Format-List Name,Status', /^\nName {3}: W3SVC\nStatus : Running\n/],
  ['Get-Service nothing', /Cannot find any service with service name 'nothing'\./, 1],
  [
    'Stop-Service DiagFwSvc; (Get-Service DiagFwSvc).Status; Start-Service DiagFwSvc; (gsv DiagFwSvc).Status',
    /^Stopped\nRunning\n$/,
  ],
  ['Restart-Service "Apache Tomcat 9.0 Tomcat9"', /^$/],
  ['(Get-WebBinding -Name "Default Web Site" -Protocol https -Port 443).certificateHash', /^[0-9A-F]{40}\n$/],
  ['(Get-WebBinding -Name "Other Site").certificateHash', /^$/],
  ['Get-Content C:\\icm\\ssl\\certs\\host.pem | Select-Object -First 1', /^-----BEGIN CERTIFICATE-----\n$/],
  ['Get-Content nothing.txt', /Cannot find path 'nothing\.txt'/, 1],
  ["Set-Content -Path a.txt -Value 'it''s', b; Get-Content a.txt -Raw", /^it's\nb\n/],
  ['[Convert]::ToBase64String([IO.File]::ReadAllBytes("C:\\icm\\ssl\\cacerts")).Length -gt 1000', /^True\n$/],
  ['[IO.File]::WriteAllBytes("C:\\b", [Convert]::FromBase64String("YWJj")); type C:\\b', /^abc\n$/],
  [
    'Get-ItemPropertyValue -Path "HKLM:\\SOFTWARE\\Cisco Systems, Inc.\\ICM\\Serviceability\\DiagnosticFramework" -Name CertUsedByDiagFwSvc',
    /^[0-9A-F]{40}\n$/,
  ],
  ['Get-ItemProperty -Path HKLM:\\SOFTWARE\\Nothing', /Cannot find path/, 1],
  [
    'netsh http show sslcert | Select-Object -Skip 2 | Where-Object { $_ -like "*IP:port*" }',
    /0\.0\.0\.0:443\n.*0\.0\.0\.0:7890\n$/,
  ],
  ['gci Cert:\\LocalMachine\\My | select Thumbprint | ConvertTo-Json -Compress', /^\[\{"Thumbprint":"[0-9A-F]{40}"\},/],
  ['(Get-Date).ToString("o")', /^\d{4}-\d\d-\d\dT[\d:]+\.\d{7}Z\n$/],
  ['$a = 1; "$a and $($a + 1) `$a"; $env:COMPUTERNAME', /^1 and 2 \$a\nAW1\n$/],
  [
    'Nosuch-Thing',
    /^Nosuch-Thing : The term 'Nosuch-Thing' is not recognized as the name of a cmdlet[^]*CommandNotFoundException/,
    1,
  ],
  ['gci Cert:\\LocalMachine\\My | % {', /Missing closing '}'[^]*ParserError/, 1],
  ['Get-Content C:\\..\\..\\etc\\passwd', /Cannot find path/, 1],
  [`"a" -match "${'(a+)+'.repeat(20)}$"`, /^False\n$/],
  [`$a = "ab"; ${'$a = $a + $a; '.repeat(60)}$a.Length`, /OutOfMemoryException/],
  ['('.repeat(200), /nested too deeply/, 1],
];

test.each(scripts.map((row) => ({ row, script: row[0].slice(0, 100) })))(
  '$script',
  async ({ row: [script, shows, code = 0] }) => {
    const ran = await run(script);
    expect(ran.out + ran.errors).toMatch(shows);
    expect(ran.code).toBe(code);
  },
);

test('a new certificate is bound as scripts do it, and 443 shows it at once', async () => {
  const ran = await run(
    `$c = New-SelfSignedCertificate -DnsName aw1.lab.example,aw1 -CertStoreLocation Cert:\\LocalMachine\\My -KeyLength 2048 -HashAlgorithm SHA256 -NotAfter (Get-Date).AddYears(2)
$b = Get-WebBinding -Name 'Default Web Site' -Protocol https -Port 443; $b.AddSslCertificate($c.Thumbprint,'My'); $c.Thumbprint`,
  );
  const { presents } = up.lab.windows('aw1').port(443);
  expect(presents.as === 'tls' ? `${thumbprintOf(presents.certificates[0]!)}\n` : '').toBe(ran.out);
  expect(presents.as === 'tls' ? presents.certificates[0]!.subjectAltName : '').toBe('DNS:aw1.lab.example, DNS:aw1');
  const wrong = await run(`(Get-WebBinding -Port 443).AddSslCertificate('${'0'.repeat(40)}','My')`);
  expect([wrong.code, wrong.errors.includes('0x80070520')]).toEqual([1, true]);
});

test('quotes go through cmd, and the shell of a machine may be PowerShell itself', async () => {
  const quoted = await aw.run(`powershell -Command "(Get-Item 'C:\\icm\\ssl\\cacerts').Name"`);
  expect(quoted.out).toBe('cacerts\n');
  up.lab.windows('aw1').shell = 'powershell';
  expect((await aw.run('$env:CCE_JAVA_HOME; & "$env:CCE_JAVA_HOME\\bin\\nothing.exe"')).out).toMatch(
    /^C:\\Program Files/,
  );
  expect(up.lab.inventory).toMatch(/shell: powershell/);
});
