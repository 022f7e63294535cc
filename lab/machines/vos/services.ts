import type { MachineType } from '#model/names.ts';
import { productOf } from '#products/index.ts';

/** Writes to disk what other nodes uploaded (CUCM Certificate Management and Change Notification, 210541). */
export const changeNotification = 'Cisco Certificate Change Notification';

/** The services that the CLI of a machine of this type knows. */
export function servicesOf(type: MachineType): readonly string[] {
  const { listeners, afterIdentityChange, afterTrustChange } = productOf(type);
  const restarted = [afterIdentityChange, afterTrustChange].flatMap((recipe) =>
    (recipe?.services ?? []).map(({ service }) => service),
  );
  return [...new Set([...listeners.map(({ service }) => service), ...restarted, changeNotification])].sort();
}
