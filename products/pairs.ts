import type { MachineType } from '#model/names.ts';

/** Types whose machines are the two sides of one service: while one is away, the other carries it. */
const sides: readonly (readonly [MachineType, MachineType])[] = [
  ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
  ['FINESSE_PRIMARY', 'FINESSE_SECONDARY'],
  ['CUIC_PUBLISHER', 'CUIC_SUBSCRIBER'],
  ['LIVE_DATA_A', 'LIVE_DATA_B'],
  ['IDS_PUBLISHER', 'IDS_SUBSCRIBER'],
  ['CM_PUBLISHER', 'CM_SUBSCRIBER'],
  ['CLOUD_CONNECT_PUBLISHER', 'CLOUD_CONNECT_SUBSCRIBER'],
  ['MEDIASENSE_PRIMARY', 'MEDIASENSE_SECONDARY'],
  // Sides A and B have one type.
  ['CCE_ROUTER', 'CCE_ROUTER'],
  ['CCE_LOGGER', 'CCE_LOGGER'],
  ['CCE_ROGGER', 'CCE_ROGGER'],
  ['CCE_PG', 'CCE_PG'],
];

/** Whether two machines of these types are sides of one service. */
export function areSides(left: MachineType, right: MachineType): boolean {
  return sides.some(([a, b]) => (left === a && right === b) || (left === b && right === a));
}
