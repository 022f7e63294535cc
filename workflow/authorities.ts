import { UsageError } from '#model/errors.ts';
import { addressAndPort } from '#model/address-and-port.ts';
import type { Authority, Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { adcsAuthority } from '#transports/authorities/adcs.ts';
import type { CertificationAuthority } from '#transports/authorities/authority.ts';
import { localAuthority } from '#transports/authorities/local.ts';
import { manualAuthority } from '#transports/authorities/manual.ts';
import { accountKeyIn, authorityKeys } from './authority-key.ts';
import { textRecordsOf } from './text-records.ts';

/** Milliseconds and octets of one page of a web enrolment: a loaded authority takes its time to sign. */
const webLimits = { connectMs: 10_000, ms: 60_000, octets: 4 * 1024 * 1024 };

/** The certification authority that the inventory names so. Throws `UsageError` where it names none. */
export function authorityNamed(name: string, inventory: Inventory): CertificationAuthority {
  const entry = inventory.authorities.find((authority) => authority.name === name);
  if (entry === undefined) {
    throw new UsageError({
      seen: `The inventory names no authority ${name}.`,
      matters: 'The plan has requests for it to answer.',
      todo: 'Put it back under authorities, or make a new plan.',
    });
  }
  switch (entry.kind) {
    case 'manual':
      return manualAuthority(entry.folder);
    case 'local': {
      const password = entry.password === undefined ? null : loadSecret(entry.password, inventory.file).reveal();
      const keys = () => authorityKeys(entry.key, password);
      return localAuthority({ keys, chain: chainOf(entry, inventory), days: entry.days });
    }
    case 'adcs': {
      const { hostname, port, pathname } = new URL(entry.url);
      const usual = { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? 443 : Number(port) };
      const access = {
        ...(entry.connect === undefined ? usual : addressAndPort(entry.connect)),
        serverName: usual.host,
        folder: pathname.replace(/\/+$/, ''),
        template: entry.template,
        user: entry.user,
        password: loadSecret(entry.password, inventory.file).reveal(),
        pinned: [],
        anchors: anchorsFor(entry, inventory),
      };
      return adcsAuthority(access, webLimits);
    }
    case 'acme': {
      const { url, connect, binding, accountKey, nameServer } = entry;
      const access = {
        url,
        connect: connect === undefined ? null : addressAndPort(connect),
        anchors: anchorsFor(entry, inventory),
        accountKey: () => accountKeyIn(accountKey),
        binding:
          binding === undefined
            ? null
            : { kid: binding.kid, hmacKey: loadSecret(binding.key, inventory.file).reveal() },
        recordsOf: (name: string) => textRecordsOf(name, nameServer ?? null),
      };
      // Its library takes longer to load than most plans to make.
      const speaking = async () => (await import('#transports/authorities/acme.ts')).acmeAuthority(access, webLimits);
      return { ask: async (request) => (await speaking()).ask(request), reach: async () => (await speaking()).reach() };
    }
  }
}

/** The certificates of the authority, DER, as the inventory has them. */
function chainOf({ name }: Authority, inventory: Inventory): Buffer[] {
  const chain = inventory.snapshot.authorities?.find(({ id }) => id === name)?.chain ?? [];
  return chain.map((digest) => derOf(digest, inventory));
}

/** What proves the web server of an authority: its own chain, and whom the client profiles trust. */
function anchorsFor(entry: Authority, inventory: Inventory): Buffer[] {
  const clients = inventory.snapshot.clients.flatMap(({ anchors }) => anchors);
  return [...chainOf(entry, inventory), ...clients.map((digest) => derOf(digest, inventory))];
}

function derOf(digest: string, inventory: Inventory): Buffer {
  const base64 = (inventory.certificates as Readonly<Record<string, string>>)[digest];
  return Buffer.from(base64 ?? '', 'base64');
}
