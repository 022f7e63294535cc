import { ProbeError, UsageError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import { certificateUnitsOf, trustStoresOf } from '#products/certificate-units.ts';
import { storesOn } from '#products/index.ts';
import type { ApiSnapshot } from '#transports/certificate-api.ts';
import { pendingRequests, showIdentity, showTrust, trustFiles } from '#transports/vos-certificates.ts';
import type { VosCli } from '#transports/vos-cli.ts';
import type { Haul } from './endpoint.ts';
import { StoreRecord } from './store-record.ts';

/**
 * Reads the identity, the trust store and the waiting request of every unit of a VOS machine over its own command line. `open`
 * signs in; a sign-in that fails is tried once and makes every store of the machine a failed observation with the reason. Where
 * SSH ended before a password was shown, `api` is the second way, on machines that have it.
 */
export async function probeVosStores(
  machine: Machine,
  open: () => Promise<VosCli>,
  api: (() => Promise<ApiSnapshot>) | null = null,
): Promise<Haul> {
  const record = new StoreRecord(machine.id);
  const { identities, trusts } = namesOn(machine);
  let cli: VosCli;
  try {
    cli = await open();
  } catch (error) {
    // A credential that cannot be had is the operator's to put right, before anything is judged.
    if (error instanceof UsageError) throw error;
    if (api !== null && isBeforePassword(error) && (await readByApi(api, identities, trusts, record))) return record;
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

/** A password that was refused is not shown a second time by another way: some machines lock the account. */
function isBeforePassword(error: unknown): boolean {
  return error instanceof ProbeError && !['not-authorised', 'no-credentials'].includes(error.failure.reason);
}

/** Whether the certificate API told. Why it did not is no news: what failed first is what the operator set up. */
async function readByApi(
  api: () => Promise<ApiSnapshot>,
  units: readonly string[],
  stores: readonly string[],
  record: StoreRecord,
): Promise<boolean> {
  let snapshot: ApiSnapshot;
  try {
    snapshot = await api();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return false;
  }
  for (const unit of units) {
    const held = snapshot.identities.get(unit);
    const certificate = held === undefined ? null : record.keep(held.certificate);
    record.recorded('identity-store', unit, { unit, certificate });
    record.recorded('pending-request', unit, { request: held?.request?.toString('base64') ?? null });
  }
  for (const store of stores) {
    const entries = (snapshot.trust.get(store) ?? []).map(({ name, der }) => ({ name, certificate: record.keep(der) }));
    record.recorded('trust-store', store, { entries });
  }
  return true;
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
