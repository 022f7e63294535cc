import { domainOf } from '../request-form.ts';
import { agrees, reboot, refuse, commands, type Session } from './command.ts';

/** Host names and addresses of the machine's own cluster: the lab has no DNS. */
function addressOf({ machine }: Session, name: string): string | null {
  const node = machine
    .cluster()
    .find(({ fqdn, address }) => name === fqdn || name === fqdn.split('.')[0] || name === address);
  return node?.address ?? null;
}

export const systemCommands = commands(
  {
    line: /^set cli pagination (?<state>on|off)$/,
    run: ({ terminal }, { state }) => {
      terminal.paginated = state === 'on';
      terminal.print(`Automatic pagination is turned ${state ?? ''}`); // inferred
    },
  },
  {
    line: /^show version active$/,
    run: ({ machine, terminal }) => {
      terminal.print(`Active Master Version: ${machine.release}`); // inferred: a real one prints the build, 12.5.1.11003-511
      terminal.print('Active Version Installed Software Options:');
      terminal.print('No Installed Software Options Found.');
    },
  },
  {
    line: /^show status$/,
    run: ({ machine, terminal }) => {
      // inferred: the choice of lines
      terminal.print(`Host Name          : ${machine.fqdn.split('.')[0] ?? machine.id}`);
      terminal.print(`Date               : ${machine.now().toUTCString()}`);
      terminal.print(`Product Ver        : ${machine.release}`);
    },
  },
  {
    // The layout is that of a session printed in a technote on intercluster peers; DNS stands apart, as there.
    line: /^show network eth0( details?)?$/,
    run: ({ machine, terminal }) => {
      const row = (left: string, right = ''): void => terminal.print(`${left.padEnd(35)}${right}`.trimEnd());
      terminal.print('Ethernet 0');
      row('DHCP         : disabled', 'Status     : up');
      row(`IP Address   : ${machine.address}`, 'IP Mask    : 255.255.255.000');
      row('Link Detected: yes', 'Mode       : Auto disabled, Full, 10000 Mbits/s');
      row('Duplicate IP : no');
      terminal.print();
      terminal.print('DNS');
      row('Primary      : Not Configured', 'Secondary  : Not Configured');
      row(`Domain       : ${machine.settings.domain ?? domainOf(machine)}`);
      row('Gateway      : Not Configured'); // inferred: loop-back has none
    },
  },
  {
    line: /^utils network ping (?<name>\S+)( \S+)*$/,
    run: (session, { name = '' }) => {
      const address = addressOf(session, name);
      if (address === null) {
        refuse(session, `ping: unknown host ${name}`);
        return;
      } // inferred
      session.terminal.print(`PING ${name} (${address}) 56(84) bytes of data.`);
      for (const sequence of [1, 2, 3, 4]) {
        session.terminal.print(`64 bytes from ${address}: icmp_seq=${sequence} ttl=64 time=0.040 ms`);
      }
    },
  },
  {
    line: /^utils dbreplication runtimestate$/,
    run: async ({ machine, terminal }) => {
      const nodes = machine.cluster();
      const rows = nodes.map(({ fqdn, address }, at) => {
        const [host = ''] = fqdn.split('.');
        return `${host.padEnd(20)}${address.padEnd(18)}${'0.040'.padEnd(10)}${'Y/Y/Y'.padEnd(10)}${'0'.padEnd(9)}(g_${at + 2})       (2) Setup Completed`;
      });
      const [own = machine.id] = machine.fqdn.split('.');
      const lines = [
        `Server Time: ${machine.now().toUTCString()}`,
        '',
        `Cluster Detailed View from ${own} (${nodes.length} Servers):`,
        '',
        '                                      PING      DB/RPC/   REPL.    Replication  REPLICATION SETUP',
        'SERVER-NAME         IP ADDRESS        (msec)    DbMon?    QUEUE    Group ID     (RTMT) & Details',
        '-----------         ----------        ------    -------   -----    -----------  ------------------',
        ...rows,
      ];
      await terminal.show(lines.join('\n'));
    },
  },
  {
    line: /^set network domain (?<domain>[A-Za-z0-9.-]+)$/,
    run: async (session, { domain = '' }) => {
      const { machine, terminal } = session;
      terminal.print('*** W A R N I N G ***'); // inferred, as the lines below
      terminal.print(
        'Changing the domain name on this server will break database replication until every node has restarted.',
      );
      if (!(await agrees(session, 'Do you want to continue (y/n)? '))) return;
      machine.settings = { ...machine.settings, domain };
      reboot(session);
    },
  },
  {
    line: /^utils system restart$/,
    run: async (session) => {
      session.terminal.print('Do you really want to restart ?');
      if (!(await agrees(session, 'Enter (yes/no)? '))) return;
      session.terminal.print();
      session.terminal.print('Appliance is being Restarted ...'); // inferred
      session.terminal.print('Warning: Restart could take up to 5 minutes.'); // inferred
      reboot(session);
    },
  },
);
