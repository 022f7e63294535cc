import type { X509Certificate } from 'node:crypto';
import { clusterOf, replicasOf } from './cluster.ts';
import type { VosMachine } from './machine.ts';

/** Ties the nodes of each cluster together: a trust certificate uploaded on one appears on the others a moment later, where nodes do that. */
export class Replication {
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(machines: readonly VosMachine[]) {
    for (const machine of machines) {
      machine.cluster = () => clusterOf(machine, machines);
      machine.onTrustUpload = (store, certificate) => this.#replicate(machine, store, certificate);
    }
  }

  #replicate(from: VosMachine, store: string, certificate: X509Certificate): void {
    const replicas = replicasOf(from, store);
    if (replicas.length === 0) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const machine of replicas) machine.receiveTrust(store, certificate);
    }, from.manners.restartMilliseconds);
    this.#timers.add(timer);
  }

  /** What has not arrived by now never does. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
