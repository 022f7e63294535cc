import type { MachineType } from '#model/names.ts';
import { productOf } from '#products/index.ts';
import type { VosMachine } from './machine.ts';

/** What Cisco Certificate Change Notification carries to the other nodes (CUCM Certificate Management, 210541). */
const carried = ['tomcat-trust', 'CallManager-trust', 'directory-trust', 'Phone-SAST-trust'];

/** Nodes that pass on what is uploaded there, by the newest guide of their product. The UCCX guide of 12.5(1)SU3 says it does not. */
const passOn: readonly MachineType[] = ['CM_PUBLISHER', 'CM_SUBSCRIBER', 'FINESSE_PRIMARY'];

/** Single machines: several of them are no cluster. */
const alone: readonly MachineType[] = ['CCP', 'CVVB'];

/** The nodes of one product of the lab, itself included. */
export function clusterOf(machine: VosMachine, machines: readonly VosMachine[]): readonly VosMachine[] {
  if (alone.includes(machine.type)) return [machine];
  const product = productOf(machine.type);
  return machines.filter(({ type }) => productOf(type) === product);
}

/** The nodes on which a trust certificate uploaded here appears by itself. */
export function replicasOf(from: VosMachine, store: string): readonly VosMachine[] {
  const { trustReplicates } = from.manners;
  const isOn = trustReplicates === 'as documented' ? passOn.includes(from.type) : trustReplicates === 'everywhere';
  // A second node passes nothing on, except on CUCM, where every node writes to the one database.
  const isFirst = /_(PUBLISHER|PRIMARY|A)$/.test(from.type) || from.type === 'CM_SUBSCRIBER';
  if (!isOn || !isFirst || !carried.includes(store)) return [];
  return from.cluster().filter((node) => node !== from);
}
