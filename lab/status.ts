import { join } from 'node:path';
import type { MachineId, MachineType } from '#model/names.ts';
import type { LabDeployment } from './deployments.ts';
import { passwordFile, peoplePasswordFile } from './folder.ts';
import type { Place } from './machines/listen.ts';
import type { LabMachine } from './machines/machine.ts';
import type { Presentation } from './machines/tls-port.ts';
import type { World } from './world.ts';

/** What a lab tells of itself. */
export interface LabStatus {
  readonly deployment: LabDeployment;
  readonly network: string;
  readonly signed: boolean;
  readonly release: string;
  readonly startedAt: string;
  readonly inventory: string;
  /** Who may sign in to the applications, and the file with their password. */
  readonly people: { readonly names: readonly string[]; readonly passwordFile: string };
  /** The file with the password of `administrator`, who administers the machines. */
  readonly administratorPasswordFile: string;
  /** The root of the lab's CA, where it has one. */
  readonly rootFile: string;
  readonly broken: readonly string[];
  /** Where the Windows CA answers. */
  readonly windowsCa: { readonly fqdn: string; readonly at: string } | null;
  readonly machines: readonly {
    readonly id: MachineId;
    readonly type: MachineType;
    readonly fqdn: string;
    readonly address: string;
    readonly ssh: string;
    readonly ports: readonly { readonly port: number; readonly at: string; readonly shows: Presentation['as'] }[];
  }[];
}

export function statusOf(lab: World): LabStatus {
  const ca = lab.hasWindowsCa ? lab.windowsCa : null;
  return {
    deployment: lab.deployment,
    network: lab.network,
    signed: lab.isSigned,
    release: lab.release,
    startedAt: lab.startedAt.toISOString(),
    inventory: lab.inventoryFile,
    people: { names: lab.centre.agents.map(({ id }) => id), passwordFile: join(lab.folder, peoplePasswordFile) },
    administratorPasswordFile: join(lab.folder, passwordFile),
    rootFile: lab.rootFile,
    broken: lab.broken,
    windowsCa: ca === null ? null : { fqdn: ca.fqdn, at: placeText(ca.place) },
    machines: lab.machines.map((machine) => machineStatus(machine, lab.ssh(machine.id).place)),
  };
}

function machineStatus(machine: LabMachine, ssh: Place): LabStatus['machines'][number] {
  return {
    id: machine.id,
    type: machine.type,
    fqdn: machine.fqdn,
    address: machine.address,
    ssh: placeText(ssh),
    ports: machine.ports.map((port) => ({
      port: port.number,
      at: placeText(port.place),
      shows: port.presents.as,
    })),
  };
}

export function placeText({ address, port }: Place): string {
  return `${address}:${port}`;
}
