import { parseStringPromise } from 'xml2js';
import { z } from 'zod';
import { messageOf } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { askBasic } from '#transports/basic-https.ts';

const desktopPort = 8445;
const path = '/finesse/api/Users';
const limits = { connectMs: 5000, ms: 15_000, octets: 16 * 1024 * 1024 };

/** The list of users as Finesse gives it (GET /finesse/api/Users, Finesse Desktop API); what else stands in it is passed over. */
const Users = z.object({
  Users: z.union([
    z.object({
      User: z.array(z.object({ state: z.array(z.string()).optional(), loginName: z.array(z.string()).optional() })),
    }),
    z.string(),
  ]),
});

/** Who is signed in at a desktop, as far as could be asked. */
export type SignedIn =
  | { readonly status: 'asked'; readonly names: readonly string[] }
  | { readonly status: 'not asked'; readonly because: string };

/** Asks the Finesse of a machine who is signed in, with the test account of a supervisor, over verified TLS. Never throws. */
export async function signedInAt(machine: Machine, inventory: Inventory): Promise<SignedIn> {
  const supervisor = inventory.people.find(({ role }) => role === 'supervisor');
  if (supervisor === undefined)
    return { status: 'not asked', because: 'the inventory names no supervisor under people' };
  const name = machine.fqdn ?? machine.address ?? machine.id;
  const mapped = machine.connect[String(desktopPort)];
  const [host = name, port = String(desktopPort)] = mapped?.split(/:(?=\d+$)/) ?? [machine.address ?? name];
  const { clients } = inventory.snapshot;
  const bytes = (digest: Sha256): Buffer => Buffer.from(inventory.certificates[digest] ?? '', 'base64');
  const peer = {
    host,
    port: Number(port),
    serverName: name,
    user: supervisor.user,
    password: '',
    anchors: clients.flatMap(({ anchors }) => anchors.map(bytes)),
    pinned: clients.flatMap(({ accepted }) => accepted.map(bytes)),
  };
  try {
    const password = loadSecret(supervisor.password, inventory.file).reveal();
    const answer = await askBasic({ ...peer, password }, { path, accept: 'application/xml' }, limits);
    const { Users: list } = Users.parse(await parseStringPromise(answer.toString('utf8')));
    const users = typeof list === 'string' ? [] : list.User;
    const names = users
      .filter(({ state }) => state?.[0] !== undefined && state[0] !== '' && state[0] !== 'LOGOUT')
      .map(({ loginName }) => loginName?.[0] ?? 'somebody');
    return { status: 'asked', names };
  } catch (error) {
    return { status: 'not asked', because: messageOf(error).split('\n')[0] ?? '' };
  }
}
