import type { LabMachine } from './machines/machine.ts';
import { VosMachine } from './machines/vos/machine.ts';
import { WindowsMachine } from './machines/windows/machine.ts';

/** A machine by its id, or the first of a type. */
export function machineIn(machines: readonly LabMachine[], idOrType: string): LabMachine {
  const found = machines.find(({ id, type }) => id === idOrType || type === idOrType);
  if (found === undefined) throw new RangeError(`the lab has no machine ${idOrType}`);
  return found;
}

/** One on the Voice Operating System, likewise. */
export function vosIn(machines: readonly LabMachine[], idOrType: string): VosMachine {
  const found = machineIn(machines, idOrType);
  if (found instanceof VosMachine) return found;
  throw new RangeError(`${found.id} is no VOS machine`);
}

/** One on Windows, likewise. */
export function windowsIn(machines: readonly LabMachine[], idOrType: string): WindowsMachine {
  const found = machineIn(machines, idOrType);
  if (found instanceof WindowsMachine) return found;
  throw new RangeError(`${found.id} is no Windows machine`);
}
