import type { Deployment } from '#model/inventory.ts';
import { MachineId, type MachineType } from '#model/names.ts';

/** One machine of a lab: its id, and the last part of its address. */
export interface Plan {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly host: number;
}

function plan(id: string, type: MachineType, host: number): Plan {
  return { id: MachineId.parse(id), type, host };
}

/** The machines of each deployment that the lab can build, and the release it starts with. */
export const labDeployments = {
  UCCX: {
    release: '12.5(1)SU3',
    machines: [
      plan('uccx1', 'UCCX_PUBLISHER', 11),
      plan('uccx2', 'UCCX_SUBSCRIBER', 12),
      plan('ccp1', 'CCP', 21),
      plan('cucm1', 'CM_PUBLISHER', 31),
    ],
  },
} as const satisfies Partial<Record<Deployment, { release: string; machines: readonly Plan[] }>>;

export type LabDeployment = keyof typeof labDeployments;

/** The domain of every machine; `.example` is never anyone's (RFC 2606). */
export const domain = 'lab.example';
