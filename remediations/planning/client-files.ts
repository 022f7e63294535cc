import type { Machine } from '#model/inventory.ts';
import type { ClientId, Sha256 } from '#model/names.ts';
import type { CertificateReference, StepOf } from '#model/step.ts';
import { listenersOn } from '#products/index.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/** What is written into the lists of single certificates of client profiles. */
export interface ClientFiles {
  /** The new certificate, before any port presents it. */
  readonly add: readonly WriteFile[];
  /** The one that it replaces out of the list, as no port presents it any more. */
  readonly exchange: readonly WriteFile[];
}
type WriteFile = StepOf<'here', 'write-file'>;

export const noClientFiles: ClientFiles = { add: [], exchange: [] };

/** What several certificates come to. */
export function together(files: readonly ClientFiles[]): ClientFiles {
  return { add: files.flatMap(({ add }) => add), exchange: files.flatMap(({ exchange }) => exchange) };
}

/**
 * A self-signed certificate into the list of each profile whose people open the machine's ports, in place of the one it replaces. Nothing
 * for profiles that have it already, and for those without a list: they trust authorities only.
 */
export function clientFiles(
  machine: Machine,
  certificate: CertificateReference,
  replaces: Sha256 | null,
  facts: PlanningFacts,
): ClientFiles {
  const audiences = new Set(listenersOn(machine).flatMap((listener) => listener.audiences));
  const add = facts.inventory.clients.flatMap(({ id, accepted, audiences: own }): WriteFile[] => {
    const path = facts.acceptedFile(id);
    const isHeld = certificate.from === 'plan' && accepted.includes(certificate.sha256);
    if (path === null || isHeld || !own.some((audience) => audiences.has(audience))) return [];
    return [{ do: 'write-file', via: 'here', client: id, path, certificate, replaces: null }];
  });
  const exchange = add
    .filter(({ client }) => replaces !== null && accepts(client, replaces, facts))
    .map((step) => ({ ...step, replaces }));
  return { add, exchange };
}

/** The same, for profiles that accepted the old certificate singly; the others trust its authority. */
export function clientFilesOfSigned(
  machine: Machine,
  certificate: CertificateReference,
  replaces: Sha256,
  facts: PlanningFacts,
): ClientFiles {
  const { add, exchange } = clientFiles(machine, certificate, replaces, facts);
  return { add: add.filter(({ client }) => accepts(client, replaces, facts)), exchange };
}

function accepts(client: ClientId, certificate: Sha256, { inventory }: PlanningFacts): boolean {
  return inventory.clients.some(({ id, accepted }) => id === client && accepted.includes(certificate));
}
