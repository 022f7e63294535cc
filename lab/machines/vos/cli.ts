import { SshServer } from '../ssh-server.ts';
import { HungUp, Terminal } from './terminal.ts';
import { converse } from './commands/index.ts';
import type { VosMachine } from './machine.ts';

/** The SSH server in front of a machine's `admin:` prompt. */
export class VosCli extends SshServer {
  constructor(machine: VosMachine) {
    super((connection) => {
      connection.on('authentication', (attempt) => {
        if (attempt.method === 'password' && machine.signIn.check(attempt.username, attempt.password) === 'accepted') {
          attempt.accept();
        } else attempt.reject(['password']);
      });
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        session.on('pty', (accept) => accept());
        // The CLI of a VOS machine is a shell; single commands by `ssh host command` are refused.
        session.on('exec', (_accept, reject) => reject());
        session.on('shell', (accept) => {
          const channel = accept();
          converse(machine, new Terminal(channel))
            .then(() => {
              channel.exit(0);
              channel.end();
            })
            .catch((error: unknown) => {
              if (!(error instanceof HungUp)) channel.stderr.write(`${String(error)}\r\n`);
              channel.close();
            });
        });
      });
    });
  }
}
