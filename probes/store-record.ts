import { sha256 } from '#model/digest.ts';
import { messageOf, ProbeError } from '#model/errors.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation, Observed, ProbeFailure } from '#model/observation.ts';
import type { Haul } from './endpoint.ts';

/** The kinds of observation about a store of a machine. */
export type StoreKind = Extract<Observation, { place: { at: 'store' } }>['kind'];

/** What was read of the stores of one machine: observations, and the certificates that they name. */
export class StoreRecord implements Haul {
  readonly observations: Observation[] = [];
  readonly certificates = new Map<Sha256, Buffer>();
  readonly #machine: MachineId;

  constructor(machine: MachineId) {
    this.#machine = machine;
  }

  /** The name of a certificate in observations; its bytes are kept. */
  keep(der: Uint8Array): Sha256 {
    const digest = sha256(der);
    if (!this.certificates.has(digest)) this.certificates.set(digest, Buffer.from(der));
    return digest;
  }

  recorded<K extends StoreKind>(kind: K, store: string, value: Observed<K>): void {
    // The type of a union's member does not follow from its kind alone.
    this.observations.push({ ...this.#about(kind, store), outcome: 'recorded', value } as Observation);
  }

  /** Several identities may share one trust store: of each kind and store one failure is kept. */
  failed(kind: StoreKind, store: string, error: unknown): void {
    if (this.observations.some((known) => known.kind === kind && known.place.store === store)) return;
    this.observations.push({ ...this.#about(kind, store), outcome: 'failed', failure: failureOf(error) });
  }

  /** Records what `read` comes to, or why it came to nothing. */
  async attempt<K extends StoreKind>(
    kind: K,
    store: string,
    read: () => Observed<K> | Promise<Observed<K>>,
  ): Promise<void> {
    try {
      this.recorded(kind, store, await read());
    } catch (error) {
      this.failed(kind, store, error);
    }
  }

  #about<K extends StoreKind>(kind: K, store: string) {
    return { kind, place: { at: 'store', machine: this.#machine, store }, at: new Date().toISOString() } as const;
  }
}

function failureOf(error: unknown): ProbeFailure {
  return error instanceof ProbeError ? error.failure : { reason: 'defect-in-uccert', message: messageOf(error) };
}
