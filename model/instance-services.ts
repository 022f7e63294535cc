import type { Step } from './step.ts';

/**
 * Services of CCE carry the instance and a number in their names: `Cisco ICM ucce PG1A`, `Cisco ICM ucce CG1A` (inferred from what machines show; guides
 * cycle them by Unified CCE Service Control). One machine may have several of a kind.
 */
const ofInstance: Readonly<Record<string, RegExp>> = {
  'Peripheral Gateway': /^Cisco ICM \S+ PG\d+[AB]?$/i,
  'CTI Server': /^Cisco ICM \S+ CG\d+[AB]?$/i,
};

/** The names that Windows has for a service of an instance; null where the service has one name everywhere. */
export function namesOfInstance(service: string): RegExp | null {
  return ofInstance[service] ?? null;
}

/** Services that the other side of a pair carries while these steps restart them. */
export function carriedServices(steps: readonly Step[]): readonly string[] {
  const services = steps.flatMap((step) => (step.do === 'restart-service' ? step.service : []));
  return [...new Set(services)].filter((service) => namesOfInstance(service) !== null);
}
