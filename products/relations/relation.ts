import type { Severity } from '#model/finding.ts';
import type { MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import type { ReleaseRange } from '../release.ts';

/** What stops when a link is broken, coarsely: by this people filter what concerns them. */
const stoppages = [
  'sign-in',
  'desktop',
  'live data',
  'chat',
  'calls',
  'scripts',
  'reports',
  'failover',
  'administration',
] as const;
type Stoppage = (typeof stoppages)[number];

/** One link: who must hold whose certificate, in which store, and what breaks when it does not. */
export interface Relation {
  readonly id: string;
  readonly relyingParty: readonly [MachineType, ...MachineType[]];
  /** One of the trust stores of the relying party's product. */
  readonly store: string;
  readonly presenter: readonly [MachineType, ...MachineType[]];
  /** The port of the presenter that the relying party opens. */
  readonly port: number;
  /** Releases of the presenter in which that is the port. */
  readonly releases?: ReleaseRange;
  /** Left out: as installed. Else the link has TLS only where an administrator set it up, and is judged where the inventory names it. */
  readonly isSecured?: 'where set up';
  readonly stops: Stoppage;
  /** What breaks, in the words of those it breaks for. */
  readonly breaks: string;
  readonly severity: Severity;
  /** What documents say differently of this link, and which of them is followed. */
  readonly disagreement?: string;
  readonly sources: Sources;
}

export const uccxNodes = ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'] as const;
export const cucmNodes = ['CM_PUBLISHER', 'CM_SUBSCRIBER'] as const;
export const finesseNodes = ['FINESSE_PRIMARY', 'FINESSE_SECONDARY'] as const;
export const cuicNodes = ['CUIC_PUBLISHER', 'CUIC_SUBSCRIBER'] as const;
export const liveDataNodes = ['LIVE_DATA_A', 'LIVE_DATA_B'] as const;
export const idsNodes = ['IDS_PUBLISHER', 'IDS_SUBSCRIBER'] as const;
export const cloudConnectNodes = ['CLOUD_CONNECT_PUBLISHER', 'CLOUD_CONNECT_SUBSCRIBER'] as const;
/** The Windows machines that run parts of CCE. */
export const cceHosts = ['CCE_ROUTER', 'CCE_LOGGER', 'CCE_ROGGER', 'CCE_PG', 'CCE_AW'] as const;
