import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/plan.ts';
import type { RestartRecipe } from '#products/product.ts';
import { productOf } from '#products/index.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/** Seconds to wait for ports after restarts; a loaded VOS machine takes minutes. */
const portsWithin = 600;
const wholeMachine = 'everything on it is away, and comes back after some minutes';

/** The services of a recipe one after the other, or the machine, then the wait until every port of the units is back with the machine's identity. */
function restartSteps(
  machine: Machine,
  recipe: RestartRecipe | undefined,
  units: readonly string[],
  facts: PlanningFacts,
): Step[] {
  const vos = { via: 'vos', on: machine.id } as const;
  const restarts: Step[] =
    facts.restart === 'machines'
      ? [{ do: 'restart-machine', ...vos, outage: wholeMachine }]
      : (recipe?.services ?? []).map(({ service, outage }) => ({ do: 'restart-service', ...vos, service, outage }));
  return [...restarts, ...waits(machine, units, facts)];
}

/** Until the ports that present these units present the identity of the store. */
export function waits(machine: Machine, units: readonly string[], facts: PlanningFacts): Step[] {
  return units.flatMap((unit): Step[] => {
    const ports = [...facts.portsPresenting(machine.id, unit)];
    return ports.length === 0 ? [] : [{ do: 'wait-for', via: 'vos', on: machine.id, ports, unit, atMost: portsWithin }];
  });
}

/** After identities of the machine changed. */
export function afterIdentityChange(machine: Machine, units: readonly string[], facts: PlanningFacts): Step[] {
  return restartSteps(machine, productOf(machine.type).afterIdentityChange, units, facts);
}

/** After a trust store of the machine changed. */
export function afterTrustChange(machine: Machine, facts: PlanningFacts): Step[] {
  const product = productOf(machine.type);
  const [store] = product.stores;
  return restartSteps(machine, product.afterTrustChange, store === undefined ? [] : [store.identity], facts);
}
