import type { Machine } from '#model/inventory.ts';
import { isSelfSigned } from '#x509/certificate.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/** Whether the store of a machine with signed certificates holds a self-signed one, as after a regeneration by mistake: a restart presents it. */
export function isOverwritten(machine: Machine, facts: PlanningFacts): boolean {
  const identity = facts.identity(machine.id, 'tomcat');
  const stored = identity === null ? null : facts.certificate(identity);
  return machine.certificates === 'ca-signed' && stored !== null && isSelfSigned(stored);
}
