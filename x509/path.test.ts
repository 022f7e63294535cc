import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toPem } from '#model/pem.ts';
import { authority, certificate, ecKey, type Issued } from '#tests/support/certificates.ts';
import { isReadable, isSelfSigned, readCertificate, type Certificate } from './certificate.ts';
import { buildPath, issued } from './path.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-path-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read({ der }: { readonly der: Uint8Array }): Certificate {
  const result = readCertificate(der);
  if (!isReadable(result)) throw new Error(result.malformed);
  return result;
}

/**
 * What `openssl verify` says. An anchor of a client need not be self-signed, which is its `-partial_chain`; dates are other
 * faults, so it looks at none.
 */
function opensslVerifies(
  endEntity: { readonly der: Uint8Array },
  sent: readonly { readonly der: Uint8Array }[],
  anchors: readonly { readonly der: Uint8Array }[],
): boolean {
  const file = (name: string, list: readonly { readonly der: Uint8Array }[]): string => {
    const path = join(folder, name);
    writeFileSync(path, list.map(({ der }) => toPem(der)).join(''));
    return path;
  };
  const untrusted = sent.length === 0 ? [] : ['-untrusted', file('untrusted.pem', sent)];
  const trusted = ['-trusted', file('trusted.pem', anchors), ...untrusted];
  try {
    const options = ['verify', '-partial_chain', '-no_check_time', ...trusted, file('end-entity.pem', [endEntity])];
    execFileSync('openssl', options, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const root = authority('Root CA');
const upper = authority('Upper CA', { issuer: root });
const lower = authority('Lower CA', { issuer: upper });
const stranger = authority('Stranger CA');
const bottom = certificate({ issuer: lower });

const subsets = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.reduce<T[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]);

describe('agrees with openssl verify', () => {
  const chains = [
    [certificate()],
    [certificate({ issuer: root }), root],
    [certificate({ issuer: upper }), upper, root],
    [bottom, lower, upper, root],
  ] as const;

  test.each(chains.map((chain) => ({ chain, length: chain.length })))(
    'on a path of $length, whatever is sent and whoever is trusted',
    ({ chain: [endEntity, ...issuers] }) => {
      for (const sent of subsets<Issued>(issuers)) {
        for (const anchor of [endEntity, ...issuers, stranger]) {
          const { status } = buildPath(read(endEntity), sent.map(read), [read(anchor)]);
          expect(status === 'anchored').toBe(opensslVerifies(endEntity, sent, [anchor]));
        }
      }
    },
  );

  const otherRoot = authority('Other Root CA');
  const crossSigned = authority('Upper CA', { issuer: otherRoot });
  const renewedRoot = authority('Root CA');
  const namesake = authority('Root CA', { key: ecKey('namesake') });
  const lowerNamesake = authority('Lower CA', { key: ecKey('lower namesake'), issuer: root });
  const ping = authority('Ping CA', { issuer: authority('Pong CA') });
  const pong = authority('Pong CA', { issuer: ping });
  const inCircle = certificate({ issuer: ping });
  const selfIssued = certificate({ issuer: certificate({ key: ecKey('roll-over'), ca: true }) });

  test.each([
    { name: 'cross-signed, the first trusted', endEntity: bottom, sent: [lower, upper, crossSigned], anchors: [root] },
    {
      name: 'cross-signed, the second trusted',
      endEntity: bottom,
      sent: [lower, upper, crossSigned],
      anchors: [otherRoot],
    },
    {
      name: 'cross-signed, with both roots sent',
      endEntity: bottom,
      sent: [lower, upper, root, crossSigned, otherRoot],
      anchors: [otherRoot],
    },
    { name: 'cross-signed, nobody trusted', endEntity: bottom, sent: [lower, upper, crossSigned], anchors: [stranger] },
    { name: 'the root renewed with its key', endEntity: bottom, sent: [lower, upper, root], anchors: [renewedRoot] },
    { name: 'a root of the same name with another key', endEntity: bottom, sent: [lower, upper], anchors: [namesake] },
    { name: 'both roots of the name trusted', endEntity: bottom, sent: [lower, upper], anchors: [namesake, root] },
    {
      name: 'an intermediate of the same name with another key',
      endEntity: bottom,
      sent: [lowerNamesake, upper],
      anchors: [root],
    },
    { name: 'both intermediates of the name', endEntity: bottom, sent: [lowerNamesake, lower, upper], anchors: [root] },
    { name: 'in a circle', endEntity: inCircle, sent: [ping, pong], anchors: [root] },
    { name: 'in a circle, one of it trusted', endEntity: inCircle, sent: [ping, pong], anchors: [pong] },
    { name: 'self-issued, not self-signed', endEntity: selfIssued, sent: [selfIssued], anchors: [stranger] },
    {
      name: 'everything twice, in another order',
      endEntity: bottom,
      sent: [bottom, upper, lower, upper, root, lower, bottom],
      anchors: [root],
    },
  ])('on $name', ({ endEntity, sent, anchors }) => {
    const result = buildPath(read(endEntity), sent.map(read), anchors.map(read));
    // openssl keeps to the first issuer of a name that it meets: what it verifies is a path, not every path is verified.
    if (opensslVerifies(endEntity, sent, anchors)) expect(result.status).toBe('anchored');
    if (result.status !== 'anchored') return;
    const [first, ...others] = result.path;
    expect(opensslVerifies(first!, others, [result.path.at(-1)!])).toBe(true);
  });
});

describe('the best result', () => {
  const titles = (list: readonly Certificate[]): string[] => list.map(({ subject }) => subject);
  const search = (sent: readonly Issued[], ...anchors: Issued[]): string => {
    const { status, path } = buildPath(read(bottom), sent.map(read), anchors.map(read));
    return `${status}: ${titles(path.slice(1)).join(' < ')}`;
  };
  const shortcut = authority('Lower CA', { issuer: root });
  const nowhere = authority('Nowhere CA', { issuer: authority('Beyond CA') });
  const detour = authority('Upper CA', { issuer: nowhere });
  const loose = authority('Lower CA', { issuer: authority('Nowhere CA') });

  test.each([
    ['nothing sent', [], [], 'issuer-missing: '],
    ['the longest that lacks its issuer', [lower, upper], [stranger], 'issuer-missing: CN=Lower CA < CN=Upper CA'],
    ['one that is complete', [loose, lower, upper, root], [], 'unknown-anchor: CN=Lower CA < CN=Upper CA < CN=Root CA'],
    ['complete before long', [shortcut, root, lower, detour, nowhere], [], 'unknown-anchor: CN=Lower CA < CN=Root CA'],
    ['the shortest to an anchor', [lower, upper, shortcut], [root], 'anchored: CN=Lower CA < CN=Root CA'],
    ['the nearest anchor', [lower, upper], [root, upper], 'anchored: CN=Lower CA < CN=Upper CA'],
    ['the end entity certificate itself', [lower], [bottom], 'anchored: '],
  ] as const)('is %s', (_, sent, anchors, expected) => {
    expect(search(sent, ...anchors)).toBe(expected);
  });

  test('ten certificates are the longest path', () => {
    const ladder = [root];
    for (let rung = 1; rung < 12; rung += 1) ladder.unshift(authority(`CA ${String(rung)}`, { issuer: ladder[0]! }));
    const { status, path } = buildPath(read(certificate({ issuer: ladder[0]! })), ladder.map(read), [read(root)]);
    expect([status, path.length]).toEqual(['issuer-missing', 10]);
  });
});

test('an issuer is told by name, key identifiers and signature', () => {
  const bare = authority('Lower CA', { keyIdentifiers: false, issuer: upper });
  const impostor = authority('Lower CA', { keyIdentifiers: false, key: ecKey('impostor') });
  const [child, ...issuers] = [bottom, lower, bare, impostor, upper].map(read);
  expect(issuers.map((issuer) => issued(issuer, child!))).toEqual([true, true, false, false]);
  expect([root, upper, bottom].map((each) => isSelfSigned(read(each)))).toEqual([true, false, false]);
});

describe('a hostile list of a hundred certificates', () => {
  const bare = { ca: true, keyIdentifiers: false };
  const named = (commonName: string, key: string): Issued => certificate({ ...bare, commonName, key: ecKey(key) });
  const [one, other] = [named('One CA', 'shared'), named('Other CA', 'shared')];
  const hundred = (make: (place: number) => Issued): readonly Certificate[] =>
    Array.from({ length: 100 }, (_, place) => read(make(place)));
  const end = read(certificate({ issuer: one, keyIdentifiers: false }));

  test.each([
    {
      name: 'one name and one key: each signed by all',
      list: hundred(() => certificate({ ...bare, commonName: 'One CA', issuer: one, key: ecKey('shared') })),
      status: 'unknown-anchor',
    },
    {
      name: 'one name and a hundred keys: none signed by another',
      list: hundred((place) => named('One CA', `own ${String(place)}`)),
      status: 'issuer-missing',
    },
    {
      name: 'two names and one key: each signed by half of them, round and round',
      list: hundred((place) =>
        place % 2 === 0
          ? certificate({ ...bare, commonName: 'One CA', issuer: other, key: ecKey('shared') })
          : certificate({ ...bare, commonName: 'Other CA', issuer: one, key: ecKey('shared') }),
      ),
      status: 'issuer-missing',
    },
  ])('is searched in no time: $name', ({ list, status }) => {
    const started = performance.now();
    expect(buildPath(end, list, [read(root)]).status).toBe(status);
    // Some 30 ms; a search of every way round would not end.
    expect(performance.now() - started).toBeLessThan(500);
  });
});
