import type { X509Certificate } from 'node:crypto';
import { isProbed, linksAmong } from '#products/links.ts';
import type { ClientPc } from './clients.ts';
import type { LabMachine } from './machines/machine.ts';

/** Who a certificate is given to when it is installed. */
export type KnownTo = 'everyone' | 'peers' | 'clients' | 'nobody';

interface Link {
  readonly party: LabMachine;
  readonly store: string;
  readonly port: number;
}

/** Who must know whose certificate, by the relations of the products. */
export class Peers {
  readonly #machines: readonly LabMachine[];
  readonly #clients: readonly ClientPc[];

  constructor(machines: readonly LabMachine[], clients: readonly ClientPc[]) {
    this.#machines = machines;
    this.#clients = clients;
  }

  /** The machines that hold this one's certificate in their trust store. */
  relyingOn(presenter: LabMachine): readonly LabMachine[] {
    return [...new Set(this.#linksTo(presenter).map(({ party }) => party))];
  }

  #linksTo(presenter: LabMachine): readonly Link[] {
    return linksAmong(this.#machines, [], ({ openPorts }) => openPorts)
      .filter(isProbed)
      .filter((link) => link.presenter === presenter)
      .map(({ relation, relyingParty, port }) => ({ party: relyingParty, store: relation.store, port }));
  }

  /** Tells peers and PCs of a certificate that they must know by itself, not by its CA. */
  makeKnown(machine: LabMachine, certificate: X509Certificate, to: KnownTo = 'everyone'): void {
    if (to === 'everyone' || to === 'peers') {
      // On a machine with several certificates the port of the link says which of them is looked for there.
      const among = machine.identities.find((shown) => shown.certificate.fingerprint256 === certificate.fingerprint256);
      const isMeant = (port: number): boolean =>
        machine.identities.length === 1 || among === undefined || among.ports.includes(port);
      for (const { party, store, port } of this.#linksTo(machine)) {
        if (isMeant(port)) party.hold(store, certificate, `${machine.fqdn}_${among?.name ?? String(port)}`);
      }
    }
    if (to === 'everyone' || to === 'clients') for (const client of this.#clients) client.accept(certificate);
  }

  /** Takes from the PCs a certificate that another one replaced. */
  forget(certificate: X509Certificate): void {
    for (const client of this.#clients) client.forget(certificate);
  }
}
