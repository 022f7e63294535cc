import type { Deployment } from '#model/inventory.ts';
import { MachineId, type MachineType } from '#model/names.ts';
import { mostMachines } from './network.ts';

/** One machine of a lab: its id, and the last part of its address. */
export interface Plan {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly host: number;
  /** Where it is not that of the deployment. */
  readonly release?: string;
  /** Products that are co-resident. */
  readonly beside?: readonly MachineType[];
}

interface LabDeploymentPlan {
  /** The release it starts with. */
  readonly release: string;
  readonly machines: readonly Plan[];
  /** What a larger one has more of, by turns. */
  readonly growsBy: readonly (readonly [id: string, type: MachineType])[];
}

function plan(id: string, type: MachineType, host: number, more: Pick<Plan, 'release' | 'beside'> = {}): Plan {
  return { id: MachineId.parse(id), type, host, ...more };
}

/** The machines that a PCCE and a UCCE have in common. */
const enterprise = [
  plan('pg1a', 'CCE_PG', 21),
  plan('pg1b', 'CCE_PG', 22),
  plan('aw1', 'CCE_AW', 23),
  plan('cvp1', 'CVP', 31),
  plan('cvp2', 'CVP', 32),
  plan('cvprep1', 'CVP_REPORTING', 33),
  plan('cvvb1', 'CVVB', 41),
  plan('cvvb2', 'CVVB', 42),
  plan('finesse1', 'FINESSE_PRIMARY', 51),
  plan('finesse2', 'FINESSE_SECONDARY', 52),
  plan('cloudconnect1', 'CLOUD_CONNECT_PUBLISHER', 71),
  plan('ece1', 'ECE', 81),
  plan('cucm1', 'CM_PUBLISHER', 91, { release: '15.0(1)' }),
  plan('cucm2', 'CM_SUBSCRIBER', 92, { release: '15.0(1)' }),
];

const enterpriseGrowth = [
  ['pg', 'CCE_PG'],
  ['cvp', 'CVP'],
  ['cvvb', 'CVVB'],
] as const;

/** The machines of each deployment that the lab can build. */
export const labDeployments = {
  UCCX: {
    release: '12.5(1)SU3',
    machines: [
      plan('uccx1', 'UCCX_PUBLISHER', 11),
      plan('uccx2', 'UCCX_SUBSCRIBER', 12),
      plan('ccp1', 'CCP', 21),
      plan('cucm1', 'CM_PUBLISHER', 31),
    ],
    growsBy: [['uccx', 'UCCX_SUBSCRIBER']],
  },
  PCCE: {
    release: '12.6(2)',
    machines: [
      plan('rogger1a', 'CCE_ROGGER', 11),
      plan('rogger1b', 'CCE_ROGGER', 12),
      ...enterprise,
      plan('cuic1', 'CUIC_PUBLISHER', 61, { beside: ['LIVE_DATA_A', 'IDS_PUBLISHER'] }),
      plan('cuic2', 'CUIC_SUBSCRIBER', 62, { beside: ['LIVE_DATA_B', 'IDS_SUBSCRIBER'] }),
    ],
    growsBy: enterpriseGrowth,
  },
  UCCE: {
    release: '12.6(2)',
    machines: [
      plan('router1a', 'CCE_ROUTER', 11),
      plan('router1b', 'CCE_ROUTER', 12),
      plan('logger1a', 'CCE_LOGGER', 13),
      plan('logger1b', 'CCE_LOGGER', 14),
      ...enterprise,
      plan('oamp1', 'CVP_OPS', 34),
      plan('cuic1', 'CUIC_PUBLISHER', 61),
      plan('cuic2', 'CUIC_SUBSCRIBER', 62),
      plan('livedata1', 'LIVE_DATA_A', 63),
      plan('livedata2', 'LIVE_DATA_B', 64),
      plan('ids1', 'IDS_PUBLISHER', 65),
      plan('ids2', 'IDS_SUBSCRIBER', 66),
    ],
    growsBy: enterpriseGrowth,
  },
} as const satisfies Record<Deployment, LabDeploymentPlan>;

/** MediaSense beside any deployment, of its last release. */
const mediasense = [
  plan('mediasense1', 'MEDIASENSE_PRIMARY', 43, { release: '11.5(1)' }),
  plan('mediasense2', 'MEDIASENSE_SECONDARY', 44, { release: '11.5(1)' }),
];

export type LabDeployment = keyof typeof labDeployments;

/** Hosts of machines that were added begin here; the last octet of an address ends at 254. */
const firstAdded = 101;

/** The machines of a deployment, MediaSense where it is wanted, and as many more as make `count`; never fewer than it has. */
export function plansOf(deployment: LabDeployment, count = 0, withMediasense = false): readonly Plan[] {
  const { machines: usual, growsBy }: LabDeploymentPlan = labDeployments[deployment];
  const machines = [...usual, ...(withMediasense ? mediasense : [])];
  const added = Array.from({ length: Math.max(0, Math.min(count, mostMachines) - machines.length) }, (_, at) => {
    const [id, type] = growsBy[at % growsBy.length] ?? ['machine', 'TLS_SERVER'];
    return plan(`${id}${String(firstAdded + at)}`, type, firstAdded + at);
  });
  return [...machines, ...added];
}

/** The domain of every machine; `.example` is never anyone's (RFC 2606). */
export const domain = 'lab.example';
