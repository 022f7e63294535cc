import { ProbeError, UsageError } from '#model/errors.ts';
import { failureWords } from '#model/failure-words.ts';
import type { Machine } from '#model/inventory.ts';
import { certificateUnitsOf, trustStoresOf } from '#products/certificate-units.ts';
import { storesOn } from '#products/index.ts';
import type { StoreSnapshot } from '#transports/store-snapshot.ts';
import { pendingRequests, showIdentity, showTrust, trustFiles } from '#transports/vos-certificates.ts';
import type { VosCli } from '#transports/vos-cli.ts';
import type { Haul } from './endpoint.ts';
import { StoreRecord } from './store-record.ts';

/** Another way to a machine's stores than its command line. Throws `ProbeError`. */
export type OtherWay = () => Promise<StoreSnapshot>;

/**
 * Reads the identity, the trust store and the waiting request of every unit of a VOS machine over its own command line. `open`
 * signs in; a sign-in that fails is tried once and makes every store of the machine a failed observation with the reason. Where
 * SSH ended before a password was shown, the other ways are tried in their order.
 */
export async function probeVosStores(
  machine: Machine,
  open: () => Promise<VosCli>,
  others: readonly OtherWay[] = [],
): Promise<Haul> {
  const record = new StoreRecord(machine.id);
  const { identities, trusts } = namesOn(machine);
  let cli: VosCli;
  try {
    cli = await open();
  } catch (error) {
    // A credential that cannot be had is the operator's to put right, before anything is judged.
    if (error instanceof UsageError) throw error;
    const told = await firstThatTells(others, error);
    if ('snapshot' in told) {
      keep(told.snapshot, identities, trusts, record);
      return record;
    }
    for (const unit of identities) {
      record.failed('identity-store', unit, told.error);
      record.failed('pending-request', unit, told.error);
    }
    for (const store of trusts) record.failed('trust-store', store, told.error);
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

/**
 * What the first of the ways tells that gets there, else why none did. A password that was refused is not shown a second time by
 * another way: some machines lock the account. Else what failed first counts, of what the operator set up.
 */
async function firstThatTells(
  ways: readonly OtherWay[],
  error: unknown,
): Promise<{ readonly snapshot: StoreSnapshot } | { readonly error: unknown }> {
  if (isRefused(error)) return { error };
  let told = error;
  for (const way of ways) {
    try {
      return { snapshot: await way() };
    } catch (other) {
      if (other instanceof UsageError) throw other;
      if (isRefused(other)) return { error: other };
      if (other instanceof ProbeError) told = moreTelling(told, other);
    }
  }
  return { error: told };
}

/** What is told of two ways that failed. Who has no credentials for a command line, or pins no host key, goes by the pages. */
function moreTelling(first: unknown, other: ProbeError): unknown {
  if (!(first instanceof ProbeError)) return first;
  const { failure } = first;
  if (failure.reason === 'no-credentials') return other;
  const isSetUp = !['no-credentials', 'no-transport'].includes(other.failure.reason);
  if (failure.reason !== 'host-key-not-pinned' || !isSetUp) return first;
  return new ProbeError({ ...failure, pages: failureWords(other.failure).seen }, { cause: other });
}

function isRefused(error: unknown): boolean {
  // Another host key than the pinned one may be another machine: no way round it is taken before somebody has looked.
  return !(error instanceof ProbeError) || ['not-authorised', 'host-key-differs'].includes(error.failure.reason);
}

function keep(snapshot: StoreSnapshot, units: readonly string[], stores: readonly string[], record: StoreRecord): void {
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
