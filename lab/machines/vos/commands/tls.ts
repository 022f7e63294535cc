import { productOf } from '#products/index.ts';
import { isInRange } from '#products/release.ts';
import type { VosMachine } from '../machine.ts';
import type { TlsVersion } from '../settings.ts';
import { agrees, reboot, refuse, commands } from './command.ts';

const rebootNotice = `********************************************************
A system reboot will occur for the changes to take effect.
It is highly recommended that you perform a system backup
after the system reboot.
Ensure all the nodes in the cluster are running on the same
certificate type by running the 'set' command
********************************************************`;

export const tlsCommands = commands(
  {
    line: /^show tls server cert_type$/,
    run: ({ machine, terminal }) => {
      terminal.print(`The server certificate type is set to ${machine.settings.certificateType.toUpperCase()}`);
      terminal.print();
      terminal.print('Command successful');
    },
  },
  {
    line: /^set tls server cert_type (?<kind>rsa|ecdsa)$/,
    run: async (session, { kind }) => {
      const { machine, terminal } = session;
      const certificateType = kind === 'ecdsa' ? 'ecdsa' : 'rsa';
      const isThere = isInRange(machine.release, { from: '12.5(1)SU2' }) === true; // inferred: from the guides that have the command
      if (!isThere || machine.units.get('tomcat-ECDSA') === undefined) {
        refuse(session, 'No valid command entered');
        return; // inferred: releases without ECDSA do not have the command
      }
      const title = certificateType.toUpperCase();
      terminal.print(`Configuring the server to use ${title} certificates for all inbound connections.`);
      terminal.print();
      if (!(await agrees(session, 'Do you want to continue (y/n) ? '))) return;
      terminal.print('Yes entered');
      terminal.print(`Configuring the server to use ${title} ciphers for inbound connections.`);
      terminal.print();
      machine.settings = { ...machine.settings, certificateType };
      terminal.print(`Successfully configured the server to use ${title} certificate for all inbound connections.`);
      terminal.print();
      terminal.print(rebootNotice);
      terminal.print();
      terminal.print('The system is going down for reboot in 1 Minute');
      reboot(session);
    },
  },
  {
    line: /^show tls (?<side>server|client) min-version$/,
    run: (session, { side }) => {
      const { machine, terminal } = session;
      if (isCucm(machine)) {
        refuse(session, 'No valid command entered');
        return;
      }
      const floor = machine.settings.tlsFloor[side === 'client' ? 'client' : 'server'];
      terminal.print(`The ${side ?? ''} tls min-version is set to ${floor}`);
      terminal.print('Command successful');
    },
  },
  {
    line: /^set tls (?<side>server|client) min-version (?<version>1\.[0-2])$/,
    run: async (session, { side, version }) => {
      const { machine, terminal } = session;
      if (isCucm(machine)) {
        refuse(session, 'No valid command entered');
        return;
      }
      terminal.print('**WARNING** If you are lowering the TLS version it can lead to security issues **WARNING**');
      terminal.print();
      if (!(await agrees(session, 'Do you really want to continue (yes/no)? '))) return;
      const floor = floorOf(version);
      const tlsFloor = { ...machine.settings.tlsFloor, [side === 'client' ? 'client' : 'server']: floor };
      machine.settings = { ...machine.settings, tlsFloor };
      terminal.print('Run this command in the other nodes of the cluster.');
      terminal.print();
      terminal.print("Restart the system using the command 'utils system restart' for the changes to take effect");
      terminal.print();
      terminal.print('Command successful');
    },
  },
  {
    line: /^show tls min-version$/,
    run: (session) => {
      const { machine, terminal } = session;
      if (isCucm(machine)) terminal.print(`Configured TLS minimum version: ${machine.settings.tlsFloor.server}`);
      else refuse(session, 'No valid command entered');
    },
  },
  {
    // CUCM has one for both sides, and reboots by itself.
    line: /^set tls min-version (?<version>1\.[0-2])$/,
    run: async (session, { version }) => {
      const { machine, terminal } = session;
      if (!isCucm(machine)) {
        refuse(session, 'No valid command entered');
        return;
      }
      const floor = floorOf(version);
      terminal.print(
        `This command will result in setting minimum TLS version to ${floor} on all the secure interfaces.`,
      );
      terminal.print();
      terminal.print(`Warning: This will set the minimum TLS to ${floor} and the server will reboot.`);
      terminal.print();
      if (!(await agrees(session, 'Do you want to continue (yes/no) ? '))) return;
      machine.settings = { ...machine.settings, tlsFloor: { server: floor, client: floor } };
      terminal.print();
      terminal.print(`Successfully set minimum TLS version to ${floor}`);
      terminal.print();
      terminal.print('The system will reboot in few minutes.');
      reboot(session);
    },
  },
);

function isCucm({ type }: VosMachine): boolean {
  return productOf(type).id === 'cucm';
}

function floorOf(version: string | undefined): TlsVersion {
  return version === '1.0' || version === '1.1' ? version : '1.2';
}
