import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import { toPem } from '#model/pem.ts';
import { certificate } from '#tests/support/certificates.ts';
import { exit, startWindowsServer } from '#tests/support/windows-server.ts';
import { WindowsShell } from '#transports/windows.ts';
import { readJavaKeyStore } from './java-key-store.ts';
import { StoreRecord } from './store-record.ts';

const keystore = { path: 'C:\\a\\.keystore', keytool: 'C:\\a\\keytool.exe', password: 'its password' };
const limits = { connectMs: 2000, commandMs: 2000, octets: 100_000 };

const held = certificate();
const listing = `Keystore type: JCEKS
Keystore provider: SunJCE

Your keystore contains 1 entry

Alias name: root
Creation date: Nov 22, 2026
Entry type: trustedCertEntry

${toPem(held.der)}
`;

test('where the machine gives no files its keytool is asked, with the password on standard input', async () => {
  using server = await startWindowsServer((_command, channel) => channel.on('end', () => exit(channel, 0, listing)));
  const shell = await WindowsShell.open(server.access, 'cmd', limits);
  const record = new StoreRecord(MachineId.parse('cvp1'));
  const contents = await readJavaKeyStore(shell, keystore, record);
  shell.close();
  expect(contents).toMatchObject({
    format: 'JCEKS',
    integrity: 'verified',
    parts: [{ holds: 'trusted-entry', alias: 'root', certificate: held.sha256 }],
  });
  expect(record.certificates.get(held.sha256)).toEqual(Buffer.from(held.der));
  expect(server.typed).toEqual(['its password\n']);
});

test('a wrong password costs one attempt', async () => {
  const words = 'keytool error: java.io.IOException: Keystore was tampered with, or password was incorrect\r\n';
  using server = await startWindowsServer((_command, channel) => channel.on('end', () => exit(channel, 1, words)));
  const shell = await WindowsShell.open(server.access, 'powershell', limits);
  const failed = readJavaKeyStore(shell, keystore, new StoreRecord(MachineId.parse('cvp1')));
  await expect(failed).rejects.toMatchObject({ failure: { reason: 'not-authorised' } });
  shell.close();
  expect(server.typed).toHaveLength(1);
});
