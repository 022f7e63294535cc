import { sha256 } from '#model/digest.ts';
import { messageOf, ProbeError, UsageError } from '#model/errors.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation, ProbeFailure, StorePlace } from '#model/observation.ts';
import type { Product } from '#products/product.ts';
import { listTrust, showIdentity } from '#transports/vos-certificates.ts';
import type { VosCli } from '#transports/vos-cli.ts';
import type { Haul } from './endpoint.ts';

/**
 * Reads the identity and the trust store of every unit of a VOS machine over its own command line. `open` signs in; a sign-in that fails is
 * tried once and makes every store of the machine a failed observation with the reason.
 */
export async function probeVosStores(machine: MachineId, product: Product, open: () => Promise<VosCli>): Promise<Haul> {
  const observations: Observation[] = [];
  const certificates = new Map<Sha256, Buffer>();
  const keep = (der: Buffer): Sha256 => {
    const digest = sha256(der);
    certificates.set(digest, der);
    return digest;
  };
  const at = (): string => new Date().toISOString();
  const place = (store: string): StorePlace => ({ at: 'store', machine, store });
  const failed = (kind: 'identity-store' | 'trust-store', store: string, error: unknown): void => {
    observations.push({ kind, place: place(store), at: at(), outcome: 'failed', failure: failureOf(error) });
  };

  let cli: VosCli | undefined;
  try {
    cli = await open();
  } catch (error) {
    // A credential that cannot be had is the operator's to put right, before anything is judged.
    if (error instanceof UsageError) throw error;
    for (const { identity, trust } of product.stores) {
      failed('identity-store', identity, error);
      failed('trust-store', trust, error);
    }
    return { observations, certificates };
  }
  try {
    for (const { identity, trust } of product.stores) {
      try {
        const certificate = keep(await showIdentity(cli, identity));
        observations.push({
          kind: 'identity-store',
          place: place(identity),
          at: at(),
          outcome: 'recorded',
          value: { unit: identity, certificate },
        });
      } catch (error) {
        failed('identity-store', identity, error);
      }
      try {
        const entries = (await listTrust(cli, trust)).map(({ name, der }) => ({ name, certificate: keep(der) }));
        observations.push({
          kind: 'trust-store',
          place: place(trust),
          at: at(),
          outcome: 'recorded',
          value: { entries },
        });
      } catch (error) {
        failed('trust-store', trust, error);
      }
    }
  } finally {
    cli.close();
  }
  return { observations, certificates };
}

function failureOf(error: unknown): ProbeFailure {
  return error instanceof ProbeError ? error.failure : { reason: 'defect-in-uccert', message: messageOf(error) };
}
