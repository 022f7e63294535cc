import { sha256 } from '#model/digest.ts';
import type { InventorySnapshot } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';

/** What a plan stands on: one line for each fact, sorted, so that a refusal can name what moved. */
export function basisOf(
  observations: readonly Observation[],
  machines: ReadonlySet<MachineId>,
  inventory: InventorySnapshot,
): string[] {
  const lines = new Set<string>();
  for (const observation of observations) {
    const { machine } = observation.place;
    if (!machines.has(machine)) continue;
    if (observation.kind === 'certificate-list') {
      const { port, address } = observation.place;
      const seen =
        observation.outcome === 'recorded'
          ? list(observation.value.certificates)
          : `nothing (${observation.failure.reason})`;
      lines.add(`${machine}:${String(port)} at ${address ?? 'no address'} presents ${seen}`);
    }
    if (observation.outcome === 'failed') continue;
    if (observation.kind === 'identity-store') {
      lines.add(`${machine} holds ${observation.value.certificate ?? 'nothing'} as ${observation.value.unit}`);
    }
    if (observation.kind === 'pending-request' && observation.value.request !== null) {
      const request = sha256(Buffer.from(observation.value.request, 'base64'));
      lines.add(`${machine} awaits the reply to request ${request} for ${observation.place.store}`);
    }
    if (observation.kind === 'key-store' && observation.value.sha256 !== undefined) {
      // A copy that is put back takes the place of the whole file: another format or password is lost with it.
      const { format, sha256: digest } = observation.value;
      lines.add(`${machine} has ${observation.place.store} as ${format} ${digest.slice(0, 32)}`);
    }
    if (observation.kind === 'trust-store') {
      const entries = observation.value.entries.map(({ certificate }) => certificate);
      lines.add(`${machine} trusts in ${observation.place.store} ${list(entries.sort())}`);
    }
  }
  for (const { id, accepted } of inventory.clients) lines.add(`${id} accepts ${list([...accepted].sort())}`);
  return [...lines].sort();
}

/** The ports at which a machine presented something when the lines were written, ascending. */
export function openPorts(basis: readonly string[], machine: MachineId): number[] {
  const ports = basis.flatMap((line) => {
    const [, id, port] = /^([^\s:]+):(\d+) at .* presents [0-9a-f]{64}/.exec(line) ?? [];
    return id === machine ? [Number(port)] : [];
  });
  return [...new Set(ports)].sort((one, other) => one - other);
}

/** The digest a plan is bound to. */
export function basisDigest(lines: readonly string[]): Sha256 {
  return sha256(lines.join('\n'));
}

function list(digests: readonly Sha256[]): string {
  return digests.length === 0 ? 'nothing' : digests.join(' ');
}
