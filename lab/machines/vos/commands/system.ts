import { isIPv4 } from 'node:net';
import { domainOf } from '../request-form.ts';
import { agrees, reboot, refuse, commands, type Session } from './command.ts';

/** By the name server, as on a real machine: a short name is tried in the machine's own domain. */
function addressOf({ machine }: Session, name: string): string | null {
  if (isIPv4(name)) return name;
  return machine.lookUp(name.includes('.') ? name : `${name}.${domainOf(machine)}`);
}

/** As `date` of Linux writes it: `Sun Nov 22 18:43:52 UTC 2026`. */
function dateLine(at: Date): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = at.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} UTC ${year}`;
}

/** Where a publisher gets the time from: an address that nobody has (RFC 5737). */
const timeServer = '192.0.2.123';

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
      terminal.print(`Date               : ${machine.clock.toUTCString()}`);
      terminal.print(`Product Ver        : ${machine.release}`);
    },
  },
  {
    // inferred: the one line, as `date` of Linux prints it
    line: /^show date$/,
    run: ({ machine, terminal }) => {
      terminal.print(dateLine(machine.clock));
    },
  },
  {
    // The layout is that of the technote on NTP problems of UCM and its like; subscribers take the time from their publisher.
    line: /^utils ntp status$/,
    run: ({ machine, terminal }) => {
      const [publisher = machine] = machine.cluster();
      const isSynchronised = machine.clockAheadSeconds === 0;
      const server = publisher === machine ? timeServer : publisher.address;
      const offset = (-1000 * machine.clockAheadSeconds).toFixed(3);
      const stratum = publisher === machine ? 1 : 2;
      terminal.print('ntpd (pid 22458) is running...');
      terminal.print();
      terminal.print('     remote           refid      st t when poll reach   delay   offset  jitter');
      terminal.print('='.repeat(78));
      const columns = isSynchronised
        ? [
            `*${server}`.padEnd(16),
            '.GPS.'.padStart(6),
            String(stratum).padStart(8),
            'u   45   64  377    0.374',
            '0.030'.padStart(8),
            '0.006'.padStart(7),
          ]
        : [
            ` ${server}`.padEnd(16),
            '.INIT.'.padStart(6),
            '16'.padStart(8),
            'u    -   64    0    0.000',
            offset.padStart(8),
            '0.000'.padStart(7),
          ];
      terminal.print(columns.join(' '));
      terminal.print();
      terminal.print();
      if (isSynchronised) {
        terminal.print(`synchronised to NTP server (${server}) at stratum ${String(stratum + 1)}`);
        terminal.print('   time correct to within 22 ms');
      } else {
        terminal.print('unsynchronised');
        terminal.print('  time server re-starting');
      }
      terminal.print('   polling server every 64 s');
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
        `Server Time: ${machine.clock.toUTCString()}`,
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
