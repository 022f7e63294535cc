import type ssh from 'ssh2';
import { areSame, type Administrator } from '../sign-in.ts';
import { SshServer } from '../ssh-server.ts';
import { ChannelIo } from './io.ts';
import type { WindowsMachine } from './machine.ts';
import { newSession } from './program.ts';
import { serveFiles } from './sftp.ts';
import { converse, runLine } from './shell.ts';

/** The OpenSSH server of a Windows machine: a prompt of cmd, or one command line for each `exec`. */
export class WindowsSsh extends SshServer {
  constructor(machine: WindowsMachine, administrator: Administrator) {
    super((connection) => {
      connection.on('authentication', (attempt) => {
        const isRight =
          attempt.method === 'password' &&
          areSame(attempt.username.toLowerCase(), administrator.user) &&
          areSame(attempt.password, administrator.password);
        if (isRight) attempt.accept();
        else attempt.reject(['password']);
      });
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        let hasTerminal = false;
        session.on('pty', (accept) => {
          hasTerminal = true;
          accept();
        });
        session.on('exec', (accept, _reject, { command }) => {
          const channel = accept();
          const io = new ChannelIo(channel, hasTerminal);
          const signedIn = newSession(machine);
          const line = machine.shell === 'cmd' ? command : `powershell -EncodedCommand ${encoded(command)}`;
          finish(channel, runLine(signedIn, line, io));
        });
        session.on('sftp', (accept) => serveFiles(accept(), machine.files));
        session.on('shell', (accept) => {
          const channel = accept();
          const io = new ChannelIo(channel, hasTerminal);
          finish(channel, converse(newSession(machine), administrator.user, io));
        });
      });
    }, 'OpenSSH_for_Windows_8.1');
  }
}

/** A script as -EncodedCommand takes it, so that cmd does not read it first. */
function encoded(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

/** Ends the channel with what the command came to. cmd /c knows no 9009. */
function finish(channel: ssh.ServerChannel, ended: Promise<number>): void {
  ended
    .catch((error: unknown) => {
      channel.stderr.write(`${String(error)}\r\n`);
      return 255;
    })
    .then((code) => {
      channel.exit(code === 9009 ? 1 : code);
      channel.end();
    })
    .catch(() => channel.close());
}
