import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { sha256 } from '#model/digest.ts';
import { messageOf } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { EndpointPlace, Observation, Observed, ProbeFailure } from '#model/observation.ts';
import { handshake, type TlsAnswer, type TlsLimits } from './tls.ts';
import { suites, versionTitle } from './wire/algorithms.ts';
import { usualOffer } from './wire/client-hello.ts';
import { look } from './wire/look.ts';
import type { Flight } from './wire/server-flight.ts';

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

/** How closely to look: `full` finishes a handshake beside the look at the first flight, as a client would meet the port. */
export type Closeness = 'flight' | 'full';

/**
 * Looks at one port: how it answered, the certificate_list as sent, and what was agreed. The list and the proof of the key come from the server's first flight;
 * a full handshake is finished beside it when asked for, when the flight proves no key, and when the flight could not be read at all.
 */
export async function probeEndpoint(
  target: EndpointTarget,
  limits: TlsLimits,
  closeness: Closeness = 'full',
): Promise<Haul> {
  const { place } = target;
  try {
    return await observe(target, limits, closeness);
  } catch (error) {
    const failure = { reason: 'defect-in-uccert', message: messageOf(error) } as const;
    return without(inPlace(place).failed('connection', failure), ...inPlace(place).nothing(failure));
  }
}

async function observe({ place, connect }: EndpointTarget, limits: TlsLimits, closeness: Closeness): Promise<Haul> {
  const here = inPlace(place);
  if (connect === null) {
    const failure = { reason: 'name-not-resolved', name: place.serverName ?? place.machine } as const;
    return without(here.failed('connection', failure), ...here.nothing(failure));
  }
  const startedAt = performance.now();
  const seen = await look(connect, usualOffer(place.serverName), limits);
  // Whatever is tried besides, the probe has one deadline.
  const finish = (): Promise<TlsAnswer> => {
    const probeMs = Math.max(1, limits.probeMs - (performance.now() - startedAt));
    return handshake({ ...connect, serverName: place.serverName }, { ...limits, probeMs });
  };
  switch (seen.answer) {
    case 'refused':
      return without(here.connection({ answer: 'refused' }), ...here.nothing({ reason: 'connection-refused' }));
    case 'not-tls': {
      const { speech, firstBytes } = seen;
      return without(
        here.connection({ answer: 'not-tls', speech, firstBytes }),
        ...here.nothing({ reason: 'not-tls', speech }),
      );
    }
    case 'none': {
      // A server that is particular about its clients may still speak with OpenSSL.
      const isParticular = seen.failure.reason === 'tls-alert' || seen.failure.reason === 'tls-protocol-error';
      const other = isParticular ? await finish() : null;
      if (other?.answer === 'tls') return here.list(other.certificates, here.handshake(other.handshake));
      const connection = seen.spokeTls ? here.connection({ answer: 'tls' }) : here.failed('connection', seen.failure);
      return without(connection, ...here.nothing(seen.failure));
    }
    case 'tls': {
      const { flight, milliseconds } = seen;
      if (closeness === 'flight' && flight.key === 'proved')
        return here.list(flight.certificates, here.handshake(ofFlight(flight, milliseconds)));
      const full = await finish();
      return here.list(
        flight.certificates,
        full.answer === 'tls' ? here.handshake(full.handshake) : here.failed('tls-handshake', failureIn(full)),
      );
    }
  }
}

/** What a flight agreed on; the handshake that would follow was not made. */
function ofFlight({ version, suite, key, ephemeralKey }: Flight, milliseconds: number): Observed<'tls-handshake'> {
  return {
    protocol: versionTitle(version),
    cipherSuite: suites[suite]?.name ?? `0x${suite.toString(16)}`,
    ephemeralKey,
    key,
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}

function failureIn(answer: Exclude<TlsAnswer, { answer: 'tls' }>): ProbeFailure {
  if (answer.answer === 'none') return answer.failure;
  return answer.answer === 'refused' ? { reason: 'connection-refused' } : { reason: 'not-tls', speech: answer.speech };
}

function without(...observations: Observation[]): Haul {
  return { observations, certificates: new Map() };
}

/** Makes the observations of one place. */
function inPlace(place: EndpointPlace) {
  const common = { place, at: new Date().toISOString() };
  const recorded = { ...common, outcome: 'recorded' } as const;
  type Kind = 'connection' | 'certificate-list' | 'tls-handshake';
  const failed = (kind: Kind, failure: ProbeFailure): Observation => ({ ...common, kind, outcome: 'failed', failure });
  return {
    failed,
    nothing: (failure: ProbeFailure): Observation[] => [
      failed('certificate-list', failure),
      failed('tls-handshake', failure),
    ],
    connection: (value: Observed<'connection'>): Observation => ({ ...recorded, kind: 'connection', value }),
    handshake: (value: Observed<'tls-handshake'>): Observation => ({ ...recorded, kind: 'tls-handshake', value }),
    list: (ders: readonly Buffer[], agreed: Observation): Haul => ({
      observations: [
        { ...recorded, kind: 'connection', value: { answer: 'tls' } },
        { ...recorded, kind: 'certificate-list', value: { certificates: ders.map(sha256) } },
        agreed,
      ],
      certificates: new Map(ders.map((der) => [sha256(der), der])),
    }),
  };
}
