import { parseStringPromise } from 'xml2js';
import * as z from 'zod';
import { messageOf, ProbeError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { addressOf } from '#probes/names.ts';
import { askBasic } from '#transports/basic-https.ts';
import { webServerOn } from './web-server.ts';

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

/** Who is signed in at a desktop, as far as could be asked; `no account` where the inventory names no supervisor who may. */
export type SignedIn =
  | { readonly status: 'asked'; readonly names: readonly string[] }
  | { readonly status: 'no account' }
  | { readonly status: 'not proved'; readonly because: string }
  | { readonly status: 'not asked'; readonly because: string };

/** Asks the Finesse of a machine who is signed in, with the test account of a supervisor, over verified TLS. Never throws. */
export async function signedInAt(machine: Machine, inventory: Inventory): Promise<SignedIn> {
  const supervisor = inventory.people.find(({ role }) => role === 'supervisor');
  if (supervisor === undefined) return { status: 'no account' };
  try {
    const password = loadSecret(supervisor.password, inventory.file).reveal();
    const desktop = webServerOn(desktopPort, machine, inventory);
    const host = await addressOf(desktop.host, inventory.limits);
    const access = { ...desktop, host, user: supervisor.user, password };
    const answer = await askBasic(access, { path, accept: 'application/xml' }, limits);
    const { Users: list } = Users.parse(await parseStringPromise(answer.toString('utf8')));
    const users = typeof list === 'string' ? [] : list.User;
    const names = users
      .filter(({ state }) => state?.[0] !== undefined && state[0] !== '' && state[0] !== 'LOGOUT')
      .map(({ loginName }) => loginName?.[0] ?? 'somebody');
    return { status: 'asked', names };
  } catch (error) {
    const isUnproved = error instanceof ProbeError && error.failure.reason === 'not-verified';
    return { status: isUnproved ? 'not proved' : 'not asked', because: messageOf(error).split('\n')[0] ?? '' };
  }
}
