import { storeNameOf } from '../certificate-store.ts';
import type { HttpBinding } from '../http-bindings.ts';
import type { Io } from '../io.ts';
import type { WindowsMachine } from '../machine.ts';
import type { Program } from '../program.ts';

/** `netsh http show|add|delete sslcert`. */
export const netsh: Program = {
  name: 'netsh',
  run: async ({ machine, args, io }) => {
    const [context = '', verb = '', what = '', ...rest] = args;
    const parameters = new Map(
      rest.map((each) => {
        const [name = '', ...value] = each.split('=');
        return [name.toLowerCase(), value.join('=')] as const;
      }),
    );
    if (context.toLowerCase() !== 'http' || what.toLowerCase() !== 'sslcert') {
      io.print(`The following command was not found: ${args.join(' ')}.`);
      return 1;
    }
    switch (verb.toLowerCase()) {
      case 'show':
        return show(machine, io, parameters.get('ipport'));
      case 'add':
        return add(machine, io, parameters);
      case 'delete':
        return remove(machine, io, parameters.get('ipport'));
      default:
        io.print(`The following command was not found: ${args.join(' ')}.`);
        return 1;
    }
  },
};

function fails(io: Io, words: string): number {
  io.print(`\n${words}\n`);
  return 1;
}

function portOf(place: string | undefined): number | null {
  const port = Number(/^0\.0\.0\.0:(\d{1,5})$/.exec(place ?? '')?.[1] ?? NaN);
  return port >= 1 && port <= 65535 ? port : null;
}

function show(machine: WindowsMachine, io: Io, place: string | undefined): number {
  const port = portOf(place);
  const found = place === undefined ? machine.bindings.all : machine.bindings.all.filter((each) => each.port === port);
  io.print('\nSSL Certificate bindings: \n------------------------- \n');
  if (found.length === 0 && place !== undefined) {
    io.print('The system cannot find the file specified.\n');
    return 1;
  }
  for (const binding of found) io.print(`${bindingText(binding)}\n`);
  return 0;
}

/** One binding as Windows Server 2022 prints it. */
function bindingText({ port, hash, applicationId, store }: HttpBinding): string {
  const lines: readonly (readonly [string, string])[] = [
    ['IP:port                      ', `0.0.0.0:${String(port)}`],
    ['Certificate Hash             ', hash],
    ['Application ID               ', applicationId],
    ['Certificate Store Name       ', store],
    ['Verify Client Certificate Revocation ', 'Enabled'],
    ['Verify Revocation Using Cached Client Certificate Only ', 'Disabled'],
    ['Usage Check                  ', 'Enabled'],
    ['Revocation Freshness Time    ', '0'],
    ['URL Retrieval Timeout        ', '0'],
    ['Ctl Identifier               ', '(null)'],
    ['Ctl Store Name               ', '(null)'],
    ['DS Mapper Usage              ', 'Disabled'],
    ['Negotiate Client Certificate ', 'Disabled'],
    ['Reject Connections           ', 'Disabled'],
  ];
  return lines.map(([name, value]) => `    ${name}: ${value}`).join('\n');
}

async function add(machine: WindowsMachine, io: Io, parameters: ReadonlyMap<string, string>): Promise<number> {
  const port = portOf(parameters.get('ipport'));
  const hash = parameters.get('certhash');
  const applicationId = parameters.get('appid');
  if (hash === undefined || applicationId === undefined || !parameters.has('ipport')) {
    return fails(
      io,
      'One or more essential parameters were not entered.\nVerify the required parameters, and reenter them.\nThe syntax supplied for this command is not valid. Check help for the correct syntax.',
    );
  }
  // What was copied from the certificate dialog may hold a mark that nobody sees.
  if (port === null || !/^[0-9a-f]{40}$/i.test(hash) || !/^\{[0-9a-f-]{36}\}$/i.test(applicationId)) {
    return fails(io, 'The parameter is incorrect.');
  }
  if (machine.bindings.at(port) !== undefined) {
    return fails(io, 'SSL Certificate add failed, Error: 183\nCannot create a file when that file already exists.');
  }
  const store = storeNameOf(parameters.get('certstorename') ?? parameters.get('certstore') ?? 'My');
  const item = store && machine.certificateStore.find(store, hash);
  if (store === undefined || item?.key == null) {
    return fails(
      io,
      'SSL Certificate add failed, Error: 1312\nA specified logon session does not exist. It may already have been terminated.',
    );
  }
  await machine.bind({ port, hash: hash.toLowerCase(), applicationId, store });
  io.print('\nSSL Certificate successfully added\n');
  return 0;
}

async function remove(machine: WindowsMachine, io: Io, place: string | undefined): Promise<number> {
  const port = portOf(place);
  if (port === null) return fails(io, 'The parameter is incorrect.');
  if (!(await machine.unbind(port))) {
    return fails(io, 'SSL Certificate deletion failed, Error: 2\nThe system cannot find the file specified.');
  }
  io.print('\nSSL Certificate successfully deleted\n');
  return 0;
}
