import { randomBytes } from 'node:crypto';
import type { Variant } from '#model/observation.ts';
import { groups, signatureSchemes, suites, versions } from './algorithms.ts';
import { number, vector } from './bytes.ts';
import type { KeyShare } from './key-share.ts';

/** What a ClientHello offers. The usual offer is everything known: what a server picks from it is judged later. */
export interface Offer {
  readonly serverName: string | null;
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  readonly signatureSchemes: readonly number[];
}

const allOf = (table: Readonly<Record<number, unknown>>, first: readonly number[]): number[] => [
  ...first,
  ...Object.keys(table)
    .map(Number)
    .filter((key) => !first.includes(key)),
];

// JavaScript sorts integer keys: what a client of today prefers is put in front by hand.
const usualVersions = [versions.tls13, versions.tls12, versions.tls11, versions.tls10];
const usualSuites = allOf(suites, [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8]);
const usualGroups = allOf(groups, [0x001d, 0x0017, 0x0018]);
const usualSchemes = allOf(signatureSchemes, [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]);

/** Offers every version from TLS 1.3 down to 1.0 and every algorithm known. */
export function usualOffer(serverName: string | null): Offer {
  return {
    serverName,
    versions: usualVersions,
    suites: usualSuites,
    groups: usualGroups,
    signatureSchemes: usualSchemes,
  };
}

const extension = (type: number, ...content: readonly Uint8Array[]): Buffer =>
  Buffer.concat([number(type, 2), vector(2, ...content)]);

/** Lists already written: the usual offer has the same ones every time. */
const written = new WeakMap<readonly number[], Buffer>();

function pairs(values: readonly number[]): Buffer {
  const known = written.get(values);
  if (known !== undefined) return known;
  const bytes = Buffer.concat(values.map((value) => number(value, 2)));
  written.set(values, bytes);
  return bytes;
}

/** The usual offer cut down to what one variant asks; `serverName` as usual unless the variant is about it. */
export function variantOffer(variant: Variant, serverName: string | null): Offer {
  const usual = usualOffer(serverName);
  switch (variant) {
    case 'rsa':
      return withKeyType(usual, 'rsa');
    case 'ecdsa':
      return withKeyType(usual, 'ec');
    case 'no-server-name':
      return { ...usual, serverName: null };
    case 'short-name':
      return { ...usual, serverName: serverName?.split('.')[0] ?? null };
    case 'dhe':
      return {
        ...usual,
        versions: usual.versions.filter((version) => version !== versions.tls13),
        suites: usual.suites.filter((suite) => suites[suite]?.exchange === 'dhe'),
      };
    case 'SSLv3':
      return withVersion(usual, versions.ssl3);
    case 'TLSv1':
      return withVersion(usual, versions.tls10);
    case 'TLSv1.1':
      return withVersion(usual, versions.tls11);
    case 'TLSv1.2':
      return withVersion(usual, versions.tls12);
    case 'TLSv1.3':
      return withVersion(usual, versions.tls13);
  }
}

/** Before TLS 1.3 the suite names the kind of key, since then the signature scheme does. */
function withKeyType(offer: Offer, key: 'rsa' | 'ec'): Offer {
  return {
    ...offer,
    suites: offer.suites.filter((suite) => {
      const { name = '', exchange } = suites[suite] ?? {};
      return exchange === 'tls13' || name.includes('_ECDSA_') === (key === 'ec');
    }),
    signatureSchemes: offer.signatureSchemes.filter((scheme) => signatureSchemes[scheme]?.key === key),
  };
}

function withVersion(offer: Offer, version: number): Offer {
  return {
    ...offer,
    versions: [version],
    suites: offer.suites.filter((suite) => {
      const exchange = suites[suite]?.exchange;
      if ((exchange === 'tls13') !== (version === versions.tls13)) return false;
      // SSL 3.0 has no extensions, so no curves.
      return version !== versions.ssl3 || exchange !== 'ecdhe';
    }),
  };
}

/** The random and session id of one attempt: the same in a second ClientHello. */
export interface Nonces {
  readonly random: Buffer;
  readonly sessionId: Buffer;
}

/** Fresh ones. The session id is never empty: middle boxes take TLS 1.3 for a resumed TLS 1.2 then (RFC 8446 appendix D.4). */
export function newNonces(): Nonces {
  return { random: randomBytes(32), sessionId: randomBytes(32) };
}

/** The handshake message. `cookie` answers a HelloRetryRequest. RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2. */
export function clientHello(offer: Offer, nonces: Nonces, share: KeyShare, cookie: Buffer | null = null): Buffer {
  const isModern = offer.versions.includes(versions.tls13);
  const newest = Math.max(...offer.versions);
  const legacyVersion = Math.min(newest, versions.tls12);
  const extensions = [
    ...(offer.serverName === null
      ? []
      : // RFC 6066 section 3: one name of type host_name.
        [extension(0, vector(2, number(0, 1), vector(2, Buffer.from(offer.serverName, 'latin1'))))]),
    extension(10, vector(2, pairs(offer.groups))),
    extension(11, vector(1, number(0, 1))),
    // RFC 5246 section 7.4.1.4.1: not where only older versions are offered.
    ...(newest < versions.tls12 ? [] : [extension(13, vector(2, pairs(offer.signatureSchemes)))]),
    extension(5, Buffer.from([1, 0, 0, 0, 0])),
    extension(23),
    extension(0xff01, number(0, 1)),
    ...(isModern
      ? [
          extension(43, vector(1, pairs(offer.versions))),
          extension(51, vector(2, number(share.group, 2), vector(2, share.publicKey))),
          extension(45, vector(1, number(1, 1))),
          ...(cookie === null ? [] : [extension(44, vector(2, cookie))]),
        ]
      : []),
  ];
  const body = Buffer.concat([
    number(legacyVersion, 2),
    nonces.random,
    vector(1, nonces.sessionId),
    vector(2, pairs(offer.suites)),
    vector(1, number(0, 1)),
    // RFC 6101 section 5.6.1.2 knows no extensions, and old servers stop at them.
    ...(newest === versions.ssl3 ? [] : [vector(2, ...extensions)]),
  ]);
  return Buffer.concat([number(1, 1), vector(3, body)]);
}

/** The message in a record. The record version is 1.0 in a first flight, as clients do for old servers' sake, and 3.0 where nothing newer is offered. */
export function inRecord(message: Buffer, { versions: offered }: Offer): Buffer {
  const version = Math.min(Math.max(...offered), versions.tls10);
  return Buffer.concat([number(22, 1), number(version, 2), vector(2, message)]);
}
