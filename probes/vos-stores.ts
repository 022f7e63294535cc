import { UsageError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import { certificateUnitsOf, trustStoresOf } from '#products/certificate-units.ts';
import { storesOn } from '#products/index.ts';
import { pendingRequests, showIdentity, showTrust, trustFiles } from '#transports/vos-certificates.ts';
import type { VosCli } from '#transports/vos-cli.ts';
import type { Haul } from './endpoint.ts';
import { StoreRecord } from './store-record.ts';

/**
 * Reads the identity, the trust store and the waiting request of every unit of a VOS machine over its own command line. `open`
 * signs in; a sign-in that fails is tried once and makes every store of the machine a failed observation with the reason.
 */
export async function probeVosStores(machine: Machine, open: () => Promise<VosCli>): Promise<Haul> {
  const record = new StoreRecord(machine.id);
  const { identities, trusts } = namesOn(machine);
  let cli: VosCli;
  try {
    cli = await open();
  } catch (error) {
    // A credential that cannot be had is the operator's to put right, before anything is judged.
    if (error instanceof UsageError) throw error;
    for (const unit of identities) {
      record.failed('identity-store', unit, error);
      record.failed('pending-request', unit, error);
    }
    for (const store of trusts) record.failed('trust-store', store, error);
    return record;
  }
  try {
    await readIdentities(cli, identities, record);
    await readTrust(cli, trusts, record);
    await readRequests(cli, identities, record);
  } finally {
    cli.close();
  }
  return record;
}

/** The units and trust stores of the machine: those that its links rest on, and all that its release lists. */
function namesOn(machine: Machine): { identities: readonly string[]; trusts: readonly string[] } {
  const { type, release } = machine;
  const documented = storesOn(machine);
  const units = release === null ? [] : certificateUnitsOf(type, release).map(({ name }) => name);
  const stores = release === null ? [] : trustStoresOf(type, release);
  return {
    identities: [...new Set([...documented.map(({ identity }) => identity), ...units])],
    trusts: [...new Set([...documented.map(({ trust }) => trust), ...stores])],
  };
}

async function readIdentities(cli: VosCli, units: readonly string[], record: StoreRecord): Promise<void> {
  for (const unit of units)
    await record.attempt('identity-store', unit, async () => ({
      unit,
      certificate: record.keep(await showIdentity(cli, unit)),
    }));
}

async function readTrust(cli: VosCli, stores: readonly string[], record: StoreRecord): Promise<void> {
  let listed: ReadonlyMap<string, readonly string[]>;
  try {
    listed = await trustFiles(cli);
  } catch (error) {
    for (const store of stores) record.failed('trust-store', store, error);
    return;
  }
  for (const store of stores)
    await record.attempt('trust-store', store, async () => {
      const entries = await showTrust(cli, store, listed.get(store) ?? []);
      return { entries: entries.map(({ name, der }) => ({ name, certificate: record.keep(der) })) };
    });
}

async function readRequests(cli: VosCli, units: readonly string[], record: StoreRecord): Promise<void> {
  try {
    const waiting = await pendingRequests(cli);
    for (const unit of units)
      record.recorded('pending-request', unit, { request: waiting.get(unit)?.toString('base64') ?? null });
  } catch (error) {
    for (const unit of units) record.failed('pending-request', unit, error);
  }
}
