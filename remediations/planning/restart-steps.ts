import type { Machine } from '#model/inventory.ts';
import type { GracefulShutdown, Step } from '#model/step.ts';
import type { Restart } from '#products/product.ts';
import { listenersOn, productOf } from '#products/index.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/** Seconds to wait for ports after restarts; a loaded VOS machine takes minutes. */
export const portsWithin = 600;
export const wholeMachine = 'everything on it is away, and comes back after some minutes';

/** The services one after the other, or the machine, then the wait until every port of the units is back with the machine's identity. */
function restartSteps(
  machine: Machine,
  services: readonly Restart[],
  units: readonly string[],
  facts: PlanningFacts,
): Step[] {
  const vos = { via: 'vos', on: machine.id } as const;
  const restarts: Step[] =
    facts.restart === 'machines'
      ? [{ do: 'restart-machine', ...vos, outage: wholeMachine }]
      : services.map(({ service, outage }) => ({ do: 'restart-service', ...vos, service, outage }));
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
    ...restarts.map(({ service, outage, graceful }): Step => ({
      do: 'restart-service',
      ...on,
      service,
      graceful: gracefully(graceful, facts),
      outage,
    })),
    ...waits(machine, [...new Set(units)], facts),
  ];
}

/** Which of several Call Servers is asked no document says: the first of the inventory (inferred). Without one the service is stopped as any other. */
function gracefully(service: Restart['graceful'], { inventory }: PlanningFacts): GracefulShutdown | null {
  if (service !== 'reportingserver') return service === undefined ? null : { service };
  const callServer = inventory.machines.find(({ type }) => type === 'CVP')?.id;
  return callServer === undefined ? null : { service, callServer };
}

/** The services of a machine that take up a change of these identities. */
export function servicesOfIdentities(machine: Machine, units: readonly string[]): readonly Restart[] {
  const { platform, afterIdentityChange: recipe } = productOf(machine.type);
  if (platform !== 'windows') return recipe?.services ?? [];
  // Each of its services has an identity of its own; the others go on undisturbed.
  const concerned = listenersOn(machine).filter(({ presents }) => presents !== null && units.includes(presents));
  const services = new Set(concerned.map(({ service }) => service));
  // What no port shows is read by the services that no port belongs to, as callserver_certificate of a Reporting Server.
  const isUnseen = units.some((unit) => listenersOn(machine).every(({ presents }) => presents !== unit));
  const hasPort = (service: string): boolean => listenersOn(machine).some((listener) => listener.service === service);
  return recipe?.services.filter(({ service }) => services.has(service) || (isUnseen && !hasPort(service))) ?? [];
}

/** The services of a machine that take up a change of these trust stores. */
export function servicesOfStores(machine: Machine, stores: readonly string[]): readonly Restart[] {
  const product = productOf(machine.type);
  if (product.platform !== 'windows') return product.afterTrustChange?.services ?? [];
  const recipes = stores.map((each) =>
    keyStoresOf(machine, each).length > 0 ? product.afterTrustChange : product.afterTrustChangeIn?.[each],
  );
  return [...new Set(recipes.flatMap((recipe) => recipe?.services ?? []))];
}

/** After identities of the machine changed. */
export function afterIdentityChange(machine: Machine, units: readonly string[], facts: PlanningFacts): Step[] {
  const services = servicesOfIdentities(machine, units);
  return productOf(machine.type).platform === 'windows'
    ? windowsRestarts(machine, services, facts)
    : restartSteps(machine, services, units, facts);
}

/** After trust stores of the machine changed. */
export function afterTrustChange(machine: Machine, stores: readonly string[], facts: PlanningFacts): Step[] {
  const { platform, stores: own } = productOf(machine.type);
  const services = servicesOfStores(machine, stores);
  if (platform === 'windows') return windowsRestarts(machine, services, facts);
  const [store] = own;
  return restartSteps(machine, services, store === undefined ? [] : [store.identity], facts);
}
