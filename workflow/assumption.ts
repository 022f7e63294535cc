import { readFileSync } from 'node:fs';
import { messageOf, UsageError } from '#model/errors.ts';
import type { InventorySnapshot } from '#model/inventory.ts';
import type { ClientId, MachineId } from '#model/names.ts';
import { Unreadable } from '#keystores/contents.ts';
import { readFile } from '#keystores/read-file.ts';
import { certificateUnitsOf, trustStoresOf } from '#products/certificate-units.ts';
import { productOf } from '#products/index.ts';
import { isReadable, isSelfSigned, readCertificate, type Certificate } from '#x509/certificate.ts';
import { issued } from '#x509/path.ts';

/** One thing that is supposed to be otherwise than it was seen. */
export type Assumption = { readonly words: string } & (
  | {
      readonly supposes: 'another certificate';
      readonly machine: MachineId;
      readonly identity: string;
      /** As the port would send them: its own first, then its issuers, no root. */
      readonly list: readonly Certificate[];
    }
  | {
      readonly supposes: 'more trust';
      readonly machine: MachineId;
      readonly store: string;
      readonly certificates: readonly Certificate[];
    }
  | { readonly supposes: 'less trust'; readonly machine: MachineId; readonly store: string; readonly entry: string }
  | {
      readonly supposes: 'a client with more trust';
      readonly client: ClientId;
      readonly certificates: readonly Certificate[];
    }
);

const how =
  'Write --if MACHINE:STORE=FILE, for example finesse1:tomcat=new.pem or uccx1:tomcat-trust=root.pem, --if CLIENT:anchors=root.pem, or --without MACHINE:STORE/ENTRY.';

function wrong(seen: string, todo = how): UsageError {
  return new UsageError({
    seen,
    matters: 'What is supposed must fit the deployment, else the answer is about another.',
    todo,
  });
}

/** Reads `finesse1:tomcat=new.pem`: a certificate that a machine, a store or a PC is supposed to have. Throws a UsageError. */
export function readAssumption(text: string, inventory: InventorySnapshot): Assumption {
  const [, owner = '', store = '', file = ''] = /^([^:=]+):([^=]+)=(.+)$/.exec(text) ?? [];
  if (file === '') throw wrong(`--if ${text} is not of the form MACHINE:STORE=FILE.`);
  const certificates = certificatesOf(file);
  const client = inventory.clients.find(({ id }) => id === owner);
  if (client !== undefined) {
    if (store !== 'anchors') throw wrong(`Of the client ${owner} anchors alone can be supposed, not ${store}.`);
    return { supposes: 'a client with more trust', client: client.id, certificates, words: `${owner} trusts ${file}` };
  }
  const { id, identities, trusts } = storesOf(owner, inventory);
  if (trusts.includes(store)) {
    return { supposes: 'more trust', machine: id, store, certificates, words: `${store} of ${owner} holds ${file}` };
  }
  if (!identities.includes(store))
    throw wrong(`${owner} has no store ${store}; it has ${[...identities, ...trusts].join(', ')}.`);
  return {
    supposes: 'another certificate',
    machine: id,
    identity: store,
    list: asSent(certificates),
    words: `${owner} presents ${file} as ${store}`,
  };
}

/** Reads `uccx1:tomcat-trust/ROOT.pem`: an entry that a store is supposed to lack. Throws a UsageError. */
export function readRemoval(text: string, inventory: InventorySnapshot): Assumption {
  const [, owner = '', rest = ''] = /^([^:]+):(.+)$/.exec(text) ?? [];
  if (rest === '') throw wrong(`--without ${text} is not of the form MACHINE:STORE/ENTRY.`);
  const { id, trusts } = storesOf(owner, inventory);
  const store = trusts.find((name) => rest.startsWith(`${name}/`));
  if (trusts.includes(rest)) throw wrong(`--without ${text} names no entry of ${rest}.`);
  if (store === undefined) throw wrong(`--without ${text} names no store of ${owner}; it has ${trusts.join(', ')}.`);
  const entry = rest.slice(store.length + 1);
  return { supposes: 'less trust', machine: id, store, entry, words: `${store} of ${owner} lacks ${entry}` };
}

function storesOf(
  owner: string,
  { machines, clients }: InventorySnapshot,
): { id: MachineId; identities: string[]; trusts: string[] } {
  const machine = machines.find(({ id }) => id === owner);
  if (machine === undefined) {
    throw wrong(
      `The inventory has no machine and no client ${owner}; it has ${[...machines, ...clients].map(({ id }) => id).join(', ')}.`,
    );
  }
  const stores = [machine.type, ...(machine.beside ?? [])].flatMap((type) => productOf(type).stores);
  const { type, release } = machine;
  const units = release === null ? [] : certificateUnitsOf(type, release).map(({ name }) => name);
  const listed = release === null ? [] : trustStoresOf(type, release);
  const unique = (names: string[]): string[] => [...new Set(names)];
  return {
    id: machine.id,
    identities: unique([...stores.map(({ identity }) => identity), ...units]),
    trusts: unique([...stores.map(({ trust }) => trust), ...listed]),
  };
}

function certificatesOf(file: string): readonly Certificate[] {
  try {
    const read = [...readFile(readFileSync(file)).certificates.values()].map(readCertificate).filter(isReadable);
    if (read.length > 0) return read;
  } catch (error) {
    if (!(error instanceof Unreadable) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw wrong(`${file} cannot be read: ${messageOf(error)}.`);
  }
  throw wrong(`${file} holds no certificate.`);
}

/** The end entity certificate first, each issuer behind it; a server does not send the root. */
function asSent(certificates: readonly Certificate[]): readonly Certificate[] {
  const own =
    certificates.find((one) => !certificates.some((other) => other !== one && issued(one, other))) ?? certificates[0];
  const list = own === undefined ? [] : [own];
  // The loop meets the issuers that it appends.
  for (const last of list) {
    const issuer = certificates.find((other) => !list.includes(other) && !isSelfSigned(other) && issued(other, last));
    if (issuer !== undefined) list.push(issuer);
  }
  return list;
}
