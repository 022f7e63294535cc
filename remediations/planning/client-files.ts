import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { CertificateReference, StepOf } from '#model/plan.ts';
import { listenersOn } from '#products/index.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/**
 * A self-signed certificate into the list of each profile whose people open the machine's ports, in place of the one it replaces. Nothing
 * for profiles that have it already, and for those without a list: they trust authorities only.
 */
export function clientSteps(
  machine: Machine,
  certificate: CertificateReference,
  replaces: Sha256 | null,
  facts: PlanningFacts,
): StepOf<'here', 'write-file'>[] {
  const audiences = new Set(listenersOn(machine).flatMap((listener) => listener.audiences));
  return facts.inventory.clients.flatMap(({ id, accepted, audiences: own }) => {
    const path = facts.acceptedFile(id);
    const isHeld = certificate.from === 'plan' && accepted.includes(certificate.sha256);
    if (path === null || isHeld || !own.some((audience) => audiences.has(audience))) return [];
    const old = replaces !== null && accepted.includes(replaces) ? replaces : null;
    return [{ do: 'write-file', via: 'here', client: id, path, certificate, replaces: old }];
  });
}
