import type { Presentation } from '../tls-port.ts';
import type { UnitsSnapshot } from './certificate-units.ts';
import type { Settings } from './settings.ts';

/** All that can change about a machine, to come back to. */
export interface MachineSnapshot {
  readonly fqdn: string;
  readonly release: string;
  readonly certificates: 'self-signed' | 'ca-signed';
  readonly isExternal: boolean;
  readonly clockAheadSeconds: number;
  readonly settings: Settings;
  readonly units: UnitsSnapshot;
  readonly stopped: readonly string[];
  readonly presented: ReadonlyMap<number, Presentation>;
}
