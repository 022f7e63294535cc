import type { Fault } from '#faults/define-fault.ts';
import type { Case } from '#faults/scene.ts';
import { sha256 } from '#model/digest.ts';
import type { Client, Machine } from '#model/inventory.ts';
import { usualThresholds } from '#model/thresholds.ts';
import type { ClientId, MachineId } from '#model/names.ts';
import { audiences } from '#model/vocabulary.ts';
import type { Observation } from '#model/observation.ts';
import { now } from './certificates.ts';
import { filesOf, storesOf } from './observed-in-stores.ts';
import { firstPortOf, portsOf } from './observed-at-port.ts';
import type { Held, Seen } from './seen.ts';

const at = now.toISOString();

/** The case that a judgement is made from, written out. */
export function caseOf(faults: readonly Fault[], seen: Seen): Case {
  const certificates: Record<string, string> = {};
  const held: Held = (list = []) =>
    list.map(({ der }) => {
      const digest = sha256(der);
      certificates[digest] = Buffer.from(der).toString('base64');
      return digest;
    });

  const machine = machineOf('uccx1', seen.machine);
  const { answers, identities: ofPeer = {}, ...changes } = seen.peer ?? { type: 'TLS_SERVER' };
  const peer = machineOf('peer', changes);
  const clients = (seen.clients ?? [{}]).map((client, place): Client => ({
    id: `pc-${String(place + 1)}` as ClientId,
    anchors: held(client.anchors),
    accepted: held(client.accepted),
    audiences: [...(client.audiences ?? audiences)],
    ...(client.public === undefined ? {} : { public: client.public }),
    ...(client.unread === undefined ? {} : { unread: client.unread }),
    ...(client.browser === undefined ? {} : { browser: client.browser }),
  }));

  const observations: Observation[] = [
    ...portsOf(machine, { ...(seen.presents === undefined ? {} : { 443: seen.presents }), ...seen.ports }, held),
    ...portsOf(peer, answers ?? {}, held),
    ...firstPortOf(machine, seen, held),
    ...storesOf([machine, seen.identities ?? {}], [peer, ofPeer], seen, held),
  ];
  if (seen.page !== undefined) {
    const client = clients[0]?.id ?? ('pc-1' as ClientId);
    const place = { at: 'page', machine: machine.id, port: 443, client, page: '/' } as const;
    const common = { kind: 'browser-page', place, at } as const;
    const { page } = seen;
    observations.push(
      'reason' in page
        ? { ...common, outcome: 'failed', failure: page }
        : { ...common, outcome: 'recorded', value: page },
    );
  }
  observations.push(...filesOf(machine, seen, held));
  held(seen.known);
  return {
    faults,
    inventory: {
      file: null,
      deployment: seen.deployment === undefined ? 'UCCX' : seen.deployment,
      release: machine.release,
      machines: seen.peer === undefined ? [machine] : [machine, peer],
      clients,
      ...(seen.secured === undefined ? {} : { secured: [...seen.secured] }),
      thresholds: { ...usualThresholds, ...seen.thresholds },
    },
    certificates,
    observations,
    judgedAt: seen.now ?? now,
  };
}

function machineOf(id: string, changes: Partial<Machine> = {}): Machine {
  return {
    id: id as MachineId,
    type: 'UCCX_PUBLISHER',
    fqdn: `${id}.example.com`,
    release: '12.5(1)SU3',
    address: null,
    certificates: 'self-signed',
    ports: [],
    connect: {},
    ...changes,
  };
}
