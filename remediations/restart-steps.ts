import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/plan.ts';
import type { RestartRecipe } from '#products/product.ts';
import { productOf } from '#products/index.ts';
import type { PlanningFacts } from './define-remediation.ts';

/** Seconds to wait for ports after restarts; a loaded VOS machine takes minutes. */
const portsWithin = 600;

/** The services of a recipe one after the other, then the wait until every port of the unit is back with the machine's identity. */
export function restartSteps(
  machine: Machine,
  recipe: RestartRecipe | undefined,
  unit: string,
  facts: PlanningFacts,
): Step[] {
  const restarts = recipe?.services.map(({ service, outage }): Step => ({
    do: 'restart-service',
    on: machine.id,
    service,
    outage,
  }));
  const ports = [...facts.portsPresenting(machine.id, unit)];
  if (ports.length === 0) return restarts ?? [];
  return [...(restarts ?? []), { do: 'wait-for', on: machine.id, ports, unit, atMost: portsWithin }];
}

/** After the identity of the machine changed. */
export function afterIdentityChange(machine: Machine, unit: string, facts: PlanningFacts): Step[] {
  return restartSteps(machine, productOf(machine.type).afterIdentityChange, unit, facts);
}

/** After a trust store of the machine changed. */
export function afterTrustChange(machine: Machine, facts: PlanningFacts): Step[] {
  const product = productOf(machine.type);
  return restartSteps(machine, product.afterTrustChange, product.stores[0]?.identity ?? '', facts);
}
