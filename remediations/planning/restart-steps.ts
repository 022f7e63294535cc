import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/plan.ts';
import type { Restart, RestartRecipe } from '#products/product.ts';
import { listenersOn, productOf } from '#products/index.ts';
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
    const via = productOf(machine.type).platform === 'windows' ? 'windows' : 'vos';
    return ports.length === 0 ? [] : [{ do: 'wait-for', via, on: machine.id, ports, unit, atMost: portsWithin }];
  });
}

/**
 * Services of a Windows machine, one by one whatever is wished: no guide restarts such a machine first. What presents an identity is
 * waited for afterwards.
 */
function windowsRestarts(machine: Machine, restarts: readonly Restart[], facts: PlanningFacts): Step[] {
  const on = { via: 'windows', on: machine.id } as const;
  const restarted = new Set(restarts.map(({ service }) => service));
  const units = listenersOn(machine).flatMap(({ service, presents }) =>
    restarted.has(service) ? (presents ?? []) : [],
  );
  return [
    ...restarts.map(({ service, outage, graceful = null }): Step => ({
      do: 'restart-service',
      ...on,
      service,
      graceful,
      outage,
    })),
    ...waits(machine, [...new Set(units)], facts),
  ];
}

/** After identities of the machine changed. */
export function afterIdentityChange(machine: Machine, units: readonly string[], facts: PlanningFacts): Step[] {
  const { platform, afterIdentityChange: recipe } = productOf(machine.type);
  if (platform === 'windows') {
    // Each of its services has an identity of its own; the others go on undisturbed.
    const concerned = listenersOn(machine).filter(({ presents }) => presents !== null && units.includes(presents));
    const services = new Set(concerned.map(({ service }) => service));
    return windowsRestarts(machine, recipe?.services.filter(({ service }) => services.has(service)) ?? [], facts);
  }
  return restartSteps(machine, recipe, units, facts);
}

/** After a trust store of the machine changed. */
export function afterTrustChange(machine: Machine, facts: PlanningFacts): Step[] {
  const product = productOf(machine.type);
  if (product.platform === 'windows') return windowsRestarts(machine, product.afterTrustChange?.services ?? [], facts);
  const [store] = product.stores;
  return restartSteps(machine, product.afterTrustChange, store === undefined ? [] : [store.identity], facts);
}
