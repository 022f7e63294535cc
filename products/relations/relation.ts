import type { Severity, Unprobed } from '#model/finding.ts';
import type { Stoppage } from '#model/link.ts';
import type { MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import type { ReleaseRange } from '../release.ts';

/** One link: who must hold whose certificate, in which store, and what breaks when it does not. */
export type Relation = ProbedRelation | UnprobedRelation;

interface Common {
  readonly id: string;
  readonly relyingParty: readonly [MachineType, ...MachineType[]];
  /** One of the trust stores of the relying party's product. */
  readonly store: string;
  readonly presenter: readonly [MachineType, ...MachineType[]];
  /** Releases of the presenter that have the link so. */
  readonly releases?: ReleaseRange;
  /** Left out: as installed. Else the link has TLS only where an administrator set it up, and is judged where the inventory names it. */
  readonly isSecured?: 'where set up';
  readonly stops: Stoppage;
  /** What breaks, in the words of those it breaks for. */
  readonly breaks: string;
  readonly severity: Severity;
  /** Services of the relying party to restart after the change, where they are not those of its product. */
  readonly restarts?: readonly [string, ...string[]];
  /** What documents say differently of this link, and which of them is followed. */
  readonly disagreement?: string;
  readonly sources: Sources;
}

export interface ProbedRelation extends Common {
  readonly presents?: undefined;
  /** The port of the presenter that the relying party opens. */
  readonly port: number;
}

/** A link on which nobody but its ends can see the certificate: the store of the presenter tells which it is. */
export interface UnprobedRelation extends Common {
  readonly presents: Unprobed;
  /** The identity that the presenter shows, as its own store names it. */
  readonly identity: string;
}

/** The certificate stores that programs of CCE read on Windows. */
export const windowsStores = 'LocalMachine\\My, Root and CA';

export const uccxNodes = ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'] as const;
export const cucmNodes = ['CM_PUBLISHER', 'CM_SUBSCRIBER'] as const;
export const finesseNodes = ['FINESSE_PRIMARY', 'FINESSE_SECONDARY'] as const;
export const cuicNodes = ['CUIC_PUBLISHER', 'CUIC_SUBSCRIBER'] as const;
export const liveDataNodes = ['LIVE_DATA_A', 'LIVE_DATA_B'] as const;
export const idsNodes = ['IDS_PUBLISHER', 'IDS_SUBSCRIBER'] as const;
export const cloudConnectNodes = ['CLOUD_CONNECT_PUBLISHER', 'CLOUD_CONNECT_SUBSCRIBER'] as const;
/** The Windows machines that run parts of CCE. */
export const cceHosts = ['CCE_ROUTER', 'CCE_LOGGER', 'CCE_ROGGER', 'CCE_PG', 'CCE_AW'] as const;
