import { randomFillSync } from 'node:crypto';
import type { Variant } from '#model/observation.ts';
import { groups, signatureSchemes, suites, versions } from './algorithms.ts';
import { Writer } from './bytes.ts';
import { usualShare, type KeyShare } from './key-share.ts';

/** What a ClientHello offers: to whom, and on which terms. */
export interface Offer {
  readonly serverName: string | null;
  readonly terms: Terms;
}

/** Lists in the order of preference. The usual terms are everything known: what a server picks from them is judged later. */
export interface Terms {
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
const usualTerms: Terms = {
  versions: [versions.tls13, versions.tls12, versions.tls11, versions.tls10],
  suites: allOf(suites, [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8]),
  groups: allOf(groups, [0x001d, 0x0017, 0x0018]),
  signatureSchemes: allOf(signatureSchemes, [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]),
};

/** Offers every version from TLS 1.3 down to 1.0 and every algorithm known. */
export function usualOffer(serverName: string | null): Offer {
  return { serverName, terms: usualTerms };
}

const variantTerms = new Map<Variant, Terms>();

/** The usual terms cut down to what one variant asks; `serverName` as usual unless the variant is about it. */
export function variantOffer(variant: Variant, serverName: string | null): Offer {
  const terms = variantTerms.get(variant) ?? cutDown(variant);
  variantTerms.set(variant, terms);
  return { serverName: nameFor(variant, serverName), terms };
}

function nameFor(variant: Variant, serverName: string | null): string | null {
  if (variant === 'no-server-name') return null;
  return variant === 'short-name' ? (serverName?.split('.')[0] ?? null) : serverName;
}

function cutDown(variant: Variant): Terms {
  const usual = usualTerms;
  switch (variant) {
    case 'rsa':
      return withKeyType(usual, 'rsa');
    case 'ecdsa':
      return withKeyType(usual, 'ec');
    case 'no-server-name':
    case 'short-name':
      return usual;
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
function withKeyType(terms: Terms, key: 'rsa' | 'ec'): Terms {
  return {
    ...terms,
    suites: terms.suites.filter((suite) => {
      const { name = '', exchange } = suites[suite] ?? {};
      return exchange === 'tls13' || name.includes('_ECDSA_') === (key === 'ec');
    }),
    signatureSchemes: terms.signatureSchemes.filter((scheme) => signatureSchemes[scheme]?.key === key),
  };
}

function withVersion(terms: Terms, version: number): Terms {
  return {
    ...terms,
    versions: [version],
    suites: terms.suites.filter((suite) => {
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

/** Random bytes in store: asking for a few at a time costs more than making them. */
const store = Buffer.alloc(4096);
let used = store.length;

function fresh(length: number): Buffer {
  if (used + length > store.length) {
    randomFillSync(store);
    used = 0;
  }
  used += length;
  return Buffer.from(store.subarray(used - length, used));
}

/** Fresh ones. The session id is never empty: middle boxes take TLS 1.3 for a resumed TLS 1.2 then (RFC 8446 appendix D.4). */
export function newNonces(): Nonces {
  return { random: fresh(32), sessionId: fresh(32) };
}

/** The handshake message. `cookie` answers a HelloRetryRequest. RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2. */
export function clientHello(
  { serverName, terms }: Offer,
  nonces: Nonces,
  share: KeyShare,
  cookie: Buffer | null = null,
): Buffer {
  const { newest, suites, extensions } = wordingOf(terms, share);
  const hello = new Writer(512);
  hello.number(1, 1).vector(3, () => {
    hello.number(Math.min(newest, versions.tls12), 2).bytes(nonces.random);
    hello.vector(1, () => hello.bytes(nonces.sessionId));
    hello.bytes(suites);
    // RFC 6101 section 5.6.1.2 knows no extensions, and old servers stop at them.
    if (newest === versions.ssl3) return;
    hello.vector(2, () => {
      if (serverName !== null) nameExtension(hello, Buffer.from(serverName, 'latin1'));
      hello.bytes(extensions);
      if (cookie !== null) extension(hello, 44, () => hello.vector(2, () => hello.bytes(cookie)));
    });
  });
  return hello.end();
}

/** What of a ClientHello is the same for everybody who is asked on the same terms. */
interface Wording {
  readonly newest: number;
  /** cipher_suites and compression_methods. */
  readonly suites: Buffer;
  /** All but server_name and cookie. */
  readonly extensions: Buffer;
}

/** With the usual share: every connection of a scan says the same. */
const wordings = new WeakMap<Terms, Wording>();

function wordingOf(terms: Terms, share: KeyShare): Wording {
  const known = share === usualShare ? wordings.get(terms) : undefined;
  if (known !== undefined) return known;
  const suites = new Writer(128);
  suites.vector(2, () => pairs(suites, terms.suites)).vector(1, () => suites.number(0, 1));
  const wording = {
    newest: Math.max(...terms.versions),
    suites: suites.end(),
    extensions: extensionsOf(terms, share),
  };
  if (share === usualShare) wordings.set(terms, wording);
  return wording;
}

function extension(hello: Writer, type: number, write: () => void): Writer {
  return hello.number(type, 2).vector(2, write);
}

/** RFC 6066 section 3: one name of type host_name. */
function nameExtension(hello: Writer, name: Buffer): void {
  extension(hello, 0, () => hello.vector(2, () => hello.number(0, 1).vector(2, () => hello.bytes(name))));
}

function extensionsOf({ versions: offered, groups, signatureSchemes }: Terms, share: KeyShare): Buffer {
  const hello = new Writer(256);
  extension(hello, 10, () => hello.vector(2, () => pairs(hello, groups)));
  extension(hello, 11, () => hello.vector(1, () => hello.number(0, 1)));
  // RFC 5246 section 7.4.1.4.1: not where only older versions are offered.
  if (Math.max(...offered) >= versions.tls12)
    extension(hello, 13, () => hello.vector(2, () => pairs(hello, signatureSchemes)));
  extension(hello, 5, () => hello.bytes(ocspStatus));
  extension(hello, 23, () => undefined);
  extension(hello, 0xff01, () => hello.number(0, 1));
  if (!offered.includes(versions.tls13)) return hello.end();
  extension(hello, 43, () => hello.vector(1, () => pairs(hello, offered)));
  extension(hello, 51, () =>
    hello.vector(2, () => hello.number(share.group, 2).vector(2, () => hello.bytes(share.publicKey))),
  );
  extension(hello, 45, () => hello.vector(1, () => hello.number(1, 1)));
  return hello.end();
}

/** status_request of type ocsp with nothing particular asked, RFC 6066 section 8. */
const ocspStatus = Buffer.from([1, 0, 0, 0, 0]);

function pairs(hello: Writer, values: readonly number[]): void {
  for (const value of values) hello.number(value, 2);
}

/** The message in a record. The record version is 1.0 in a first flight, as clients do for old servers' sake, and 3.0 where nothing newer is offered. */
export function inRecord(message: Buffer, { terms }: Offer): Buffer {
  const version = Math.min(Math.max(...terms.versions), versions.tls10);
  const record = new Writer(5 + message.length);
  record.number(22, 1).number(version, 2);
  return record.vector(2, () => record.bytes(message)).end();
}
