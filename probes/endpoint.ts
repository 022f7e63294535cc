import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { sha256 } from '#model/digest.ts';
import { messageOf } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { EndpointPlace, Observation, ProbeFailure } from '#model/observation.ts';
import { handshake, type TlsAnswer, type TlsLimits } from './tls.ts';

/** One port at one address, and how to get there. */
export interface EndpointTarget {
  readonly place: EndpointPlace;
  /** Null where the name did not resolve. */
  readonly connect: { readonly address: string; readonly port: number } | null;
}

/** What one probe brought home. */
export interface Haul {
  readonly observations: readonly Observation[];
  /** Every certificate the observations name. */
  readonly certificates: ReadonlyMap<Sha256, Buffer>;
}

/** Every port of a machine at every address its name has. The order of addresses is made stable. */
export async function targetsOf(machine: Machine, limits: Pick<TlsLimits, 'probeMs'>): Promise<EndpointTarget[]> {
  const host = machine.address ?? machine.fqdn ?? machine.id;
  const addresses = isIP(host) === 0 ? await addressesOf(host, limits.probeMs) : [host];
  const serverName = machine.fqdn !== null && isIP(machine.fqdn) === 0 ? machine.fqdn : null;
  return machine.ports.flatMap((port): EndpointTarget[] => {
    const place = { at: 'endpoint', machine: machine.id, port, serverName } as const;
    const mapped = machine.connect[String(port)];
    if (mapped !== undefined) {
      const colon = mapped.lastIndexOf(':');
      const address = mapped.slice(0, colon).replace(/^\[|\]$/g, '');
      return [{ place: { ...place, address }, connect: { address, port: Number(mapped.slice(colon + 1)) } }];
    }
    if (addresses.length === 0) return [{ place: { ...place, address: null }, connect: null }];
    return addresses.map((address) => ({ place: { ...place, address }, connect: { address, port } }));
  });
}

async function addressesOf(name: string, withinMs: number): Promise<string[]> {
  const done = new AbortController();
  try {
    // A resolver that is out of reach keeps a name for minutes, and no connection is opened before all names are known.
    const late = setTimeout(withinMs, [], { signal: done.signal });
    const found = await Promise.race([lookup(name, { all: true }), late]);
    return [...new Set(found.map(({ address }) => address))].sort();
  } catch {
    // What it means that a name does not resolve is for the faults to say; every port reports it.
    return [];
  } finally {
    done.abort();
  }
}

/** One connection to one port: how it answered, the certificate_list as sent, and the handshake. */
export async function probeEndpoint(target: EndpointTarget, limits: TlsLimits): Promise<Haul> {
  const { place, connect } = target;
  let answer: TlsAnswer;
  if (connect === null) {
    answer = {
      answer: 'none',
      spokeTls: false,
      failure: { reason: 'name-not-resolved', name: place.serverName ?? place.machine },
    };
  } else {
    try {
      answer = await handshake({ ...connect, serverName: place.serverName }, limits);
    } catch (error) {
      answer = { answer: 'none', spokeTls: false, failure: { reason: 'defect-in-uccert', message: messageOf(error) } };
    }
  }
  return inObservations(answer, place, new Date().toISOString());
}

function inObservations(answer: TlsAnswer, place: EndpointPlace, at: string): Haul {
  const recorded = { place, at, outcome: 'recorded' } as const;
  const failed = (failure: ProbeFailure): Observation[] => [
    { kind: 'certificate-list', place, at, outcome: 'failed', failure },
    { kind: 'tls-handshake', place, at, outcome: 'failed', failure },
  ];
  const without = (observations: Observation[]): Haul => ({ observations, certificates: new Map() });
  switch (answer.answer) {
    case 'tls': {
      const certificates = new Map(answer.certificates.map((der) => [sha256(der), der]));
      const list = answer.certificates.map(sha256);
      return {
        observations: [
          { ...recorded, kind: 'connection', value: { answer: 'tls' } },
          { ...recorded, kind: 'certificate-list', value: { certificates: list } },
          { ...recorded, kind: 'tls-handshake', value: answer.handshake },
        ],
        certificates,
      };
    }
    case 'refused':
      return without([
        { ...recorded, kind: 'connection', value: { answer: 'refused' } },
        ...failed({ reason: 'connection-refused' }),
      ]);
    case 'not-tls': {
      const { speech, firstBytes } = answer;
      const value = { answer: 'not-tls', speech, firstBytes } as const;
      return without([{ ...recorded, kind: 'connection', value }, ...failed({ reason: 'not-tls', speech })]);
    }
    case 'none': {
      const connection: Observation = answer.spokeTls
        ? { ...recorded, kind: 'connection', value: { answer: 'tls' } }
        : { kind: 'connection', place, at, outcome: 'failed', failure: answer.failure };
      return without([connection, ...failed(answer.failure)]);
    }
  }
}
