import { addressAndPort } from '#model/address-and-port.ts';
import { sha256 } from '#model/digest.ts';
import { messageOf } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { EndpointPlace, Observation, Observed, ProbeFailure } from '#model/observation.ts';
import { openingOf } from '#products/index.ts';
import { nameTitle } from '#x509/distinguished-name.ts';
import { isAddress } from '#x509/identity.ts';
import type { TlsAnswer, TlsLimits, TlsTarget } from './tls.ts';
import { agreedIn, askVariants, type VariantsAsked } from './variants.ts';
import { usualOffer } from './wire/client-hello.ts';
import { look, type Way } from './wire/look.ts';
import type { Flight } from './wire/server-flight.ts';

/** The kinds of observation that are made at a port. */
type EndpointKind = 'connection' | 'certificate-list' | 'tls-handshake' | 'client-certificate' | 'tls-variants';

/** One port at one address, and how to get there. */
export interface EndpointTarget {
  readonly place: EndpointPlace;
  /** Null where the name did not resolve. */
  readonly connect: Way | null;
}

/** What one probe brought home. */
export interface Haul {
  readonly observations: readonly Observation[];
  /** Every certificate the observations name. */
  readonly certificates: ReadonlyMap<Sha256, Buffer>;
}

/** Every port of a machine at every address given. Where there is none, the name did not resolve. */
export function targetsOf(machine: Machine, addresses: readonly string[]): EndpointTarget[] {
  const serverName = machine.fqdn !== null && !isAddress(machine.fqdn) ? machine.fqdn : null;
  return machine.ports.flatMap((port): EndpointTarget[] => {
    const place = { at: 'endpoint', machine: machine.id, port, serverName } as const;
    const opening = openingOf(machine.type, port);
    const mapped = machine.connect[String(port)];
    if (mapped !== undefined) {
      const { host: address, port: own } = addressAndPort(mapped);
      return [{ place: { ...place, address }, connect: { address, port: own, opening } }];
    }
    if (addresses.length === 0) return [{ place: { ...place, address: null }, connect: null }];
    return addresses.map((address) => ({ place: { ...place, address }, connect: { address, port, opening } }));
  });
}

/** How closely to look. */
export interface Depth {
  /** `full`: a handshake is finished beside the look at the first flight, as a client would meet the port. */
  readonly handshake: 'flight' | 'full';
  readonly variants: VariantsAsked;
}

/**
 * Looks at one port: how it answered, the certificate_list as sent, what was agreed, whether it wants a certificate of its clients, and the variants asked
 * for. The list and the proof of the key come from the server's first flight; a full handshake is finished beside it when asked for, when the flight proves
 * no key, and when the flight could not be read at all.
 */
export function probeEndpoint(
  target: EndpointTarget,
  limits: TlsLimits,
  depth: Depth = { handshake: 'full', variants: 'none' },
): Promise<Haul> {
  return observe(target, limits, depth).catch((error: unknown) => {
    const failure = { reason: 'defect-in-uccert', message: messageOf(error) } as const;
    return nothing(target.place, depth, failure, inPlace(target.place).failed('connection', failure));
  });
}

async function observe(target: EndpointTarget, limits: TlsLimits, depth: Depth): Promise<Haul> {
  const { place, connect } = target;
  if (connect === null) {
    const failure = { reason: 'name-not-resolved', name: place.serverName ?? place.machine } as const;
    return nothing(place, depth, failure, inPlace(place).failed('connection', failure));
  }
  const startedAt = performance.now();
  const seen = await look(connect, usualOffer(place.serverName), limits);
  const here = inPlace(place);
  const named = { ...connect, serverName: place.serverName };
  // Whatever is tried besides, the probe has one deadline.
  const finish = async (watch: 'watch-end' | 'stop'): Promise<TlsAnswer> => {
    const probeMs = Math.max(1, limits.probeMs - (performance.now() - startedAt));
    // A fleet seldom needs it, and TLS of the platform takes its time to load.
    const { handshake } = await import('./tls.ts');
    return handshake(named, { ...limits, probeMs }, watch);
  };
  const vary = (usual: Flight | null): Promise<Haul> => observeVariants(named, place, usual, depth.variants, limits);
  switch (seen.answer) {
    case 'refused':
      return nothing(
        place,
        depth,
        { reason: 'connection-refused' },
        here.recorded('connection', { answer: 'refused' }),
      );
    case 'not-tls': {
      const { speech, firstBytes } = seen;
      const connection = here.recorded('connection', { answer: 'not-tls', speech, firstBytes });
      return nothing(place, depth, { reason: 'not-tls', speech }, connection);
    }
    case 'none': {
      const { failure, spokeTls } = seen;
      // A server that is particular about its clients may still speak with OpenSSL.
      const isParticular = failure.reason === 'tls-alert' || failure.reason === 'tls-protocol-error';
      const other = isParticular ? await finish('stop') : null;
      if (other?.answer === 'tls') {
        const agreed = here.recorded('tls-handshake', other.handshake);
        // OpenSSL does not tell what it was asked for.
        const asked = here.failed('client-certificate', failure);
        return together(listed(here, other.certificates, agreed, asked), await vary(null));
      }
      const connection = spokeTls ? here.recorded('connection', { answer: 'tls' }) : here.failed('connection', failure);
      if (!endedByPeer(failure)) return nothing(place, depth, failure, connection);
      const without = nothing(place, { ...depth, variants: 'none' }, failure, connection);
      return together(without, depth.variants === 'all' ? await vary(null) : empty);
    }
    case 'tls': {
      const { flight, milliseconds } = seen;
      const isAsked = flight.clientAuthorities !== null;
      const isEnough =
        depth.handshake === 'flight' && flight.key === 'proved' && !(isAsked && depth.variants === 'all');
      const full = isEnough ? null : await finish(isAsked ? 'watch-end' : 'stop');
      const clientCertificate = clientCertificateOf(flight, full);
      // A peer that goes no further with a client without a certificate has agreed on all else.
      const isFlightAll = full === null || ('without' in clientCertificate && clientCertificate.without === 'refused');
      const key = flight.key === 'proved' ? 'proved' : 'not-proved';
      const agreed =
        full?.answer === 'tls'
          ? here.recorded('tls-handshake', full.handshake)
          : isFlightAll
            ? here.recorded('tls-handshake', { ...agreedIn(flight), key, milliseconds: tenths(milliseconds) })
            : here.failed('tls-handshake', failureIn(full));
      const asked = here.recorded('client-certificate', clientCertificate);
      const usual = listed(here, flight.certificates, agreed, asked);
      return depth.variants === 'none' ? usual : together(usual, await vary(flight));
    }
  }
}

/** Whether the peer itself ended the attempt, so that another ClientHello may fare better. */
function endedByPeer({ reason }: ProbeFailure): boolean {
  return reason === 'tls-alert' || reason === 'connection-closed' || reason === 'connection-reset';
}

async function observeVariants(
  target: TlsTarget,
  place: EndpointPlace,
  usual: Flight | null,
  asked: VariantsAsked,
  limits: TlsLimits,
): Promise<Haul> {
  if (asked === 'none' || (asked === 'other-key' && usual === null)) return empty;
  const { value, certificates } = await askVariants(target, usual, asked, limits);
  return { observations: [inPlace(place).recorded('tls-variants', value)], certificates };
}

/** What the flight asks of its client, and what became of the handshake without a certificate. */
function clientCertificateOf({ clientAuthorities }: Flight, full: TlsAnswer | null): Observed<'client-certificate'> {
  if (clientAuthorities === null) return { request: 'none' };
  const authorities = clientAuthorities.map((der) => nameTitle(der) ?? der.toString('hex'));
  return { request: 'sent', authorities, without: full === null ? 'not-tried' : withoutCertificate(full) };
}

function withoutCertificate(full: TlsAnswer): Extract<Observed<'client-certificate'>, { request: 'sent' }>['without'] {
  if (full.answer === 'tls') return full.afterwards;
  return full.answer === 'none' && endedByPeer(full.failure) ? 'refused' : 'not-known';
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function failureIn(answer: Exclude<TlsAnswer, { answer: 'tls' }>): ProbeFailure {
  if (answer.answer === 'none') return answer.failure;
  return answer.answer === 'refused' ? { reason: 'connection-refused' } : { reason: 'not-tls', speech: answer.speech };
}

const empty: Haul = { observations: [], certificates: new Map() };

function together(...hauls: readonly Haul[]): Haul {
  return {
    observations: hauls.flatMap(({ observations }) => observations),
    certificates: new Map(hauls.flatMap(({ certificates }) => [...certificates])),
  };
}

/** Nothing was presented: how the connection went, and for everything else why it was not seen. */
function nothing(place: EndpointPlace, { variants }: Depth, failure: ProbeFailure, connection: Observation): Haul {
  const kinds: readonly EndpointKind[] = ['certificate-list', 'tls-handshake', 'client-certificate'];
  const asked: readonly EndpointKind[] = variants === 'all' ? [...kinds, 'tls-variants'] : kinds;
  const { failed } = inPlace(place);
  return { ...empty, observations: [connection, ...asked.map((kind) => failed(kind, failure))] };
}

function listed(
  { recorded }: ReturnType<typeof inPlace>,
  ders: readonly Buffer[],
  ...others: readonly Observation[]
): Haul {
  const certificates = ders.map((der) => [sha256(der), der] as const);
  return {
    observations: [
      recorded('connection', { answer: 'tls' }),
      recorded('certificate-list', { certificates: certificates.map(([digest]) => digest) }),
      ...others,
    ],
    certificates: new Map(certificates),
  };
}

/** Makes the observations of one place. */
function inPlace(place: EndpointPlace) {
  const common = { place, at: textOfNow() };
  return {
    failed: (kind: EndpointKind, failure: ProbeFailure): Observation => ({
      ...common,
      kind,
      outcome: 'failed',
      failure,
    }),
    // A kind and its value belong together, which the type of the parameters says and a union cannot be told.
    recorded: <K extends EndpointKind>(kind: K, value: Observed<K>): Observation =>
      ({ ...common, kind, outcome: 'recorded', value }) as unknown as Observation,
  };
}

let told = { at: Number.NaN, text: '' };

/** The time in ISO 8601. Made anew once a millisecond: a fleet asks several times in one. */
function textOfNow(): string {
  const at = Date.now();
  if (at !== told.at) told = { at, text: new Date(at).toISOString() };
  return told.text;
}
