import { expect, test } from 'vitest';
import { ProbeError } from '#model/errors.ts';
import { exit, startWindowsServer, type WindowsServer } from '#tests/support/windows-server.ts';
import { WindowsShell } from './windows.ts';

const limits = { connectMs: 2000, commandMs: 400, octets: 1000 };

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof ProbeError ? error.failure.reason : String(error)),
  );
}

async function withShell(
  answer: Parameters<typeof startWindowsServer>[0],
  use: (shell: WindowsShell, server: WindowsServer) => Promise<void>,
): Promise<void> {
  using server = await startWindowsServer(answer);
  const shell = await WindowsShell.open(server.access, 'cmd', limits);
  try {
    await use(shell, server);
  } finally {
    shell.close();
  }
}

test('a wrong password is shown once, and none to another host key', async () => {
  using server = await startWindowsServer((_command, channel) => exit(channel, 0));
  const open = (changes: object): Promise<unknown> =>
    WindowsShell.open({ ...server.access, ...changes }, 'cmd', limits);
  expect(await reasonOf(open({ password: 'wrong' }))).toBe('not-authorised');
  expect(server.shown).toEqual(['wrong']);
  expect(await reasonOf(open({ hostKey: 'SHA256:other' }))).toBe('host-key-differs');
  expect(await reasonOf(open({ hostKey: null }))).toBe('host-key-not-pinned');
  expect(server.shown).toEqual(['wrong']);
});

test('a command gives back its output, its errors and its exit code', () =>
  withShell(
    (command, channel) => exit(channel, 3, `${command}\r\nb\r\n`, 'c\r\n'),
    async (shell) => {
      expect(await shell.run('netsh', ['a b'])).toEqual({ code: 3, out: 'netsh "a b"\nb\n', errors: 'c\n' });
    },
  ));

test('a command finds its input, and a script of PowerShell passes every shell', () =>
  withShell(
    (command, channel) => channel.on('end', () => exit(channel, 0, command)),
    async (shell, { typed }) => {
      await shell.run('more', [], 'secret\n');
      expect(typed).toEqual(['secret\n']);
      const { out } = await shell.powershell('"%PATH%" | % { $_ }');
      const encoded = /^powershell -NoProfile -NonInteractive -EncodedCommand (\S+)$/.exec(out)?.[1] ?? '';
      expect(Buffer.from(encoded, 'base64').toString('utf16le')).toBe('"%PATH%" | % { $_ }');
    },
  ));

test('a command that does not end, prints without end, or loses its connection is let go', () =>
  withShell(
    (command, channel) => {
      if (command === 'much') exit(channel, 0, 'a'.repeat(2000));
    },
    async (shell) => {
      expect(await reasonOf(shell.run('silent'))).toBe('timed-out');
      expect(await reasonOf(shell.run('much'))).toBe('limit-exceeded');
      const waiting = reasonOf(shell.run('silent'));
      shell.close();
      expect(await waiting).toBe('connection-closed');
    },
  ));

test('a server without SFTP says so', () =>
  withShell(
    () => undefined,
    async (shell) => expect(await shell.fetch('C:\\a')).toEqual({ is: 'refused' }),
  ));
