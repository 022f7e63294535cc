import type { MachineId } from '#model/names.ts';
import type { ContactCentre } from './applications/contact-centre.ts';
import type { Authority } from './authority.ts';
import type { ClientPc } from './clients.ts';
import type { LabDeployment } from './deployments.ts';
import type { Place } from './machines/listen.ts';
import type { LabMachine } from './machines/machine.ts';
import type { Administrator } from './machines/sign-in.ts';
import type { ScriptTarget } from './surroundings/script-target.ts';
import type { NameServer } from './surroundings/name-server.ts';
import type { WindowsCa } from './machines/windows-ca/machine.ts';

/** What there is in a lab, for those who describe it or put something into it. */
export interface World {
  readonly deployment: LabDeployment;
  readonly network: string;
  readonly release: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  /** Whether ports of 127.0.0.1 stand in for the real ones. */
  readonly isMapped: boolean;
  /** Where its inventory lies, and whatever else it writes. */
  readonly folder: string;
  readonly inventoryFile: string;
  readonly rootFile: string;
  readonly machines: readonly LabMachine[];
  readonly clients: readonly ClientPc[];
  readonly administrator: Administrator;
  /** The people of the deployment and what they do. */
  readonly centre: ContactCentre;
  /** What was broken since the last heal, in that order. */
  readonly broken: readonly string[];
  /** Links that TLS was set up for. */
  readonly secured: readonly string[];
  readonly names: NameServer;
  /** A server that scripts may call. */
  readonly scriptTarget: ScriptTarget;
  readonly isSigned: boolean;
  /** The CA of a signed lab; throws `UsageError` in another. */
  readonly authority: Authority;
  readonly hasWindowsCa: boolean;
  /** The Windows CA; throws `UsageError` where the lab was started without one. */
  readonly windowsCa: WindowsCa;
  /** The SSH place and host key of a machine. */
  ssh(id: MachineId): { readonly place: Place; readonly fingerprint: string };
}
